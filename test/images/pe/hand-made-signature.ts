/**
 * Authenticode signatures typed from RFC 2315, RFC 5280 and Microsoft's description, byte by byte in DER: nothing of
 * `images/pe`, nothing of the library that it reads with. Keys are made anew in each run.
 */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** Who signs a program. */
export interface Signer {
  /** Common name of the CA. */
  readonly issuer: string;
  readonly subject?: string;
  /** Whether the CA's certificate comes along, and whether it is the one that issued. */
  readonly ca?: 'enclosed' | 'absent' | 'impostor';
}

export const microsoft = {
  '2011': 'Microsoft Windows Production PCA 2011',
  '2023': 'Windows UEFI CA 2023',
  'third-party-2011': 'Microsoft Corporation UEFI CA 2011',
  'third-party-2023': 'Microsoft UEFI CA 2023',
} as const;

function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
const octets = (bytes: Uint8Array) => der(0x04, bytes);
const integer = (value: number) => der(0x02, Buffer.from([value]));
const bits = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes);
const nothing = der(0x05);

function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [40 * first + second];
  for (const arc of rest) {
    const groups = [arc & 127];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), nothing);
const ecdsaSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const name = (common: string) =>
  sequence(
    set(sequence(oid('2.5.4.10'), der(0x0c, Buffer.from('Test Corporation')))),
    set(sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(common)))),
  );
const time = (text: string) => der(0x17, Buffer.from(text));
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

interface Certified {
  readonly issuer: string;
  readonly subject: string;
  readonly serial: number;
  readonly publicKey: KeyObject;
  /** Of the issuer. */
  readonly by: KeyObject;
}

function certificate({ issuer, subject, serial, publicKey, by }: Certified): Uint8Array {
  const body = sequence(
    der(0xa0, integer(2)),
    integer(serial),
    ecdsaSha256,
    name(issuer),
    sequence(time('200101000000Z'), time('491231235959Z')),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  return sequence(body, ecdsaSha256, bits(sign('sha256', body, by)));
}

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** One PKCS#7 SignedData over a digest of a program. */
export function signedData(digest: Uint8Array, { issuer, subject = 'Signer', ca = 'enclosed' }: Signer): Uint8Array {
  const authority = pair();
  const key = pair();
  const leaf = certificate({ issuer, subject, serial: 7, publicKey: key.publicKey, by: authority.privateKey });
  const enclosed = ca === 'impostor' ? pair() : authority;
  const root = certificate({
    issuer,
    subject: issuer,
    serial: 1,
    publicKey: enclosed.publicKey,
    by: enclosed.privateKey,
  });
  const image = sequence(
    oid('1.3.6.1.4.1.311.2.1.15'),
    sequence(bits(new Uint8Array()), der(0xa0, der(0xa2, der(0x80)))),
  );
  const content = Buffer.concat([image, sequence(sha256, octets(digest))]);
  const attributes = Buffer.concat([
    sequence(oid('1.2.840.113549.1.9.3'), set(oid('1.3.6.1.4.1.311.2.1.4'))),
    sequence(oid('1.2.840.113549.1.9.4'), set(octets(digestOf(content)))),
  ]);
  const signer = sequence(
    integer(1),
    sequence(name(issuer), integer(7)),
    sha256,
    der(0xa0, attributes),
    ecdsaSha256,
    octets(sign('sha256', set(attributes), key.privateKey)),
  );
  const data = sequence(
    integer(1),
    set(sha256),
    sequence(oid('1.3.6.1.4.1.311.2.1.4'), der(0xa0, sequence(content))),
    der(0xa0, leaf, ...(ca === 'absent' ? [] : [root])),
    set(signer),
  );
  return sequence(oid('1.2.840.113549.1.7.2'), der(0xa0, data));
}

/** One entry of a certificate table, its padding counted to its length, as Microsoft's signtool does. */
export function certificateTableEntry(data: Uint8Array, type = 2): Uint8Array {
  const entry = new Uint8Array(Math.ceil((8 + data.length) / 8) * 8);
  const view = new DataView(entry.buffer);
  view.setUint32(0, entry.length, true);
  view.setUint16(4, 0x200, true);
  view.setUint16(6, type, true);
  entry.set(data, 8);
  return entry;
}

/** File offsets of the CheckSum field and of the directory entry of the certificate table. */
export function fieldsOf(program: Uint8Array): { readonly checksum: number; readonly directory: number } {
  const view = new DataView(program.buffer, program.byteOffset, program.length);
  const optional = view.getUint32(0x3c, true) + 24;
  const wide = view.getUint16(optional, true) === 0x20b;
  return { checksum: optional + 64, directory: optional + (wide ? 112 : 96) + 4 * 8 };
}

/** An unsigned program with a certificate table of these entries behind it. */
export function withEntries(program: Uint8Array, entries: readonly Uint8Array[]): Uint8Array {
  const padded = new Uint8Array(Math.ceil(program.length / 8) * 8);
  padded.set(program);
  const table = Buffer.concat(entries);
  const view = new DataView(padded.buffer);
  const { directory } = fieldsOf(padded);
  view.setUint32(directory, padded.length, true);
  view.setUint32(directory + 4, table.length, true);
  return new Uint8Array(Buffer.concat([padded, table]));
}

/** The program signed by each of these, with one entry for each. */
export function signed(program: Uint8Array, ...signers: readonly Signer[]): Uint8Array {
  const padded = Buffer.alloc(Math.ceil(program.length / 8) * 8);
  padded.set(program);
  const { checksum, directory } = fieldsOf(padded);
  const covered = [
    padded.subarray(0, checksum),
    padded.subarray(checksum + 4, directory),
    padded.subarray(directory + 8),
  ];
  const digest = digestOf(Buffer.concat(covered));
  return withEntries(
    program,
    signers.map((signer) => certificateTableEntry(signedData(digest, signer))),
  );
}
