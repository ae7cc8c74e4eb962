import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../images/bytes/index.ts';
import { authenticodeDigest, peCode, readPe, readSignatures, signingCaOf } from '../../../images/pe/index.ts';
import { FormatError, LimitError } from '../../../src/core/index.ts';
import { handMadePe } from './hand-made-pe.ts';
import { certificateTableEntry, fieldsOf, microsoft, signed, signedData, withEntries } from './hand-made-signature.ts';

const program = handMadePe({ subsystem: 10, version: [10, 0, 26100, 1] });
const read = (bytes: Uint8Array) => readSignatures(memorySource(bytes, 'boot.efi'));
const errorOf = async (bytes: Uint8Array) =>
  read(bytes).then(
    () => undefined,
    (error: unknown) => error as FormatError,
  );
const flipped = (bytes: Uint8Array, at: number) => {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

test('an unsigned program has no signatures', async () => {
  expect(await read(program)).toEqual([]);
});

test.each(Object.entries(microsoft))('CA %s by the issuer of the signer', async (ca, issuer) => {
  const [signature, ...others] = await read(signed(program, { issuer, subject: 'Microsoft Windows' }));
  expect(others).toEqual([]);
  expect(signature).toMatchObject({
    offset: program.length,
    digestAlgorithm: 'sha256',
    digestMatches: true,
    signatureValid: true,
    signingCa: ca,
    signer: {
      subject: 'Microsoft Windows',
      issuer,
      serial: '07',
      notBefore: '2020-01-01T00:00:00.000Z',
      notAfter: '2049-12-31T23:59:59.000Z',
    },
  });
  expect(signature?.signer.sha1).toMatch(/^[0-9a-f]{40}$/);
});

test('any other CA is other, whatever names it has besides', async () => {
  const [signature] = await read(signed(program, { issuer: 'Debian Secure Boot CA', subject: microsoft['2011'] }));
  expect(signature).toMatchObject({ signingCa: 'other', signer: { issuer: 'Debian Secure Boot CA' } });
  expect(signingCaOf('microsoft windows production pca 2011')).toBe('other');
});

test('two entries, as shim has: both, in their order', async () => {
  const found = await read(
    signed(program, { issuer: microsoft['third-party-2011'] }, { issuer: microsoft['third-party-2023'] }),
  );
  expect(found.map(({ signingCa }) => signingCa)).toEqual(['third-party-2011', 'third-party-2023']);
  expect(found.every((one) => one.digestMatches && one.signatureValid)).toBe(true);
});

test('the CA certificate may be absent; one that did not issue the signer makes the signature invalid', async () => {
  const validWith = async (ca: 'absent' | 'impostor') =>
    (await read(signed(program, { issuer: microsoft['2023'], ca })))[0]?.signatureValid;
  expect(await validWith('absent')).toBe(true);
  expect(await validWith('impostor')).toBe(false);
});

describe('the digest', () => {
  const good = signed(program, { issuer: microsoft['2011'] });

  test('covers header and contents, not the checksum', async () => {
    for (const at of [2, 0x80 + 8, 0x500, program.length - 1]) {
      const [signature] = await read(flipped(good, at));
      expect(signature, `byte ${at}`).toMatchObject({ digestMatches: false, signatureValid: true });
      expect(signature?.fileDigest).not.toBe(signature?.signedDigest);
    }
    expect((await read(flipped(good, fieldsOf(good).checksum)))[0]?.digestMatches).toBe(true);
  });

  test('is the same before and after signing, padding included, by either algorithm', async () => {
    const odd = new Uint8Array([...program, 1, 2, 3]);
    const after = signed(odd, { issuer: microsoft['2011'] });
    expect((await read(after))[0]?.digestMatches).toBe(true);
    for (const algorithm of ['sha1', 'sha256'] as const) {
      const before = await authenticodeDigest(memorySource(odd), algorithm);
      expect(await authenticodeDigest(memorySource(after), algorithm)).toBe(before);
      expect(before).toHaveLength(createHash(algorithm).digest('hex').length);
    }
  });

  test('of a 32-bit program', async () => {
    const narrow = signed(handMadePe({ wide: false, machine: 0x14c }), { issuer: microsoft['2011'] });
    expect((await read(narrow))[0]).toMatchObject({ digestMatches: true, signatureValid: true });
  });
});

test('a digest that the signer did not sign, or another signature, is not valid', async () => {
  const good = signed(program, { issuer: microsoft['2011'] });
  const [first] = await read(good);
  const digestAt = Buffer.from(good).indexOf(Buffer.from(first?.signedDigest ?? '', 'hex'));
  expect((await read(flipped(good, digestAt)))[0]).toMatchObject({ digestMatches: false, signatureValid: false });
  // The last bytes of the DER (a sequence with a length of two bytes) are the signature itself.
  const view = new DataView(good.buffer);
  const last = program.length + 8 + 4 + view.getUint16(program.length + 8 + 2) - 1;
  expect((await read(flipped(good, last)))[0]).toMatchObject({ digestMatches: true, signatureValid: false });
});

describe('what is damaged is named', () => {
  const data = signedData(new Uint8Array(32), { issuer: microsoft['2011'] });
  const cut = certificateTableEntry(data);
  new DataView(cut.buffer).setUint32(0, cut.length + 8, true);
  const zero = certificateTableEntry(data);
  new DataView(zero.buffer).setUint32(0, 0, true);
  const cases: [string, Uint8Array, RegExp][] = [
    ['no DER', certificateTableEntry(new Uint8Array(64).fill(0xaa)), /cannot be read/],
    ['half of the DER', certificateTableEntry(data.subarray(0, data.length >> 1)), /cannot be read/],
    ['a certificate alone', certificateTableEntry(Buffer.from('3003020105', 'hex')), /cannot be read/],
    ['an entry longer than the table', cut, /does not fit/],
    ['an entry without length', zero, /does not fit/],
    ['a rest of four bytes', Buffer.concat([certificateTableEntry(data), new Uint8Array(4)]), /are no entry/],
  ];
  test.each(cases)('%s', async (_name, entry, message) => {
    const error = await errorOf(withEntries(program, [entry]));
    expect(error).toBeInstanceOf(FormatError);
    expect(error?.code).toBe(peCode.PE_SIGNATURE);
    expect(error?.message).toMatch(message);
    expect(error?.message).toContain('boot.efi: ');
  });

  test('bytes behind the table, a table within the headers, a table cut off', async () => {
    const good = signed(program, { issuer: microsoft['2011'] });
    expect((await errorOf(new Uint8Array([...good, 0])))?.code).toBe(peCode.PE_SIGNATURE);
    expect((await errorOf(good.subarray(0, -8)))?.code).toBe(peCode.PE_OUTSIDE);
    const inside = good.slice();
    const { directory } = fieldsOf(inside);
    const view = new DataView(inside.buffer);
    view.setUint32(directory, 0x40, true);
    view.setUint32(directory + 4, inside.length - 0x40, true);
    inside.set(certificateTableEntry(data).subarray(0, 8), 0x40);
    expect((await errorOf(inside))?.code).toBe(peCode.PE_SIGNATURE);
    await expect(authenticodeDigest(memorySource(inside), 'sha256')).rejects.toThrow(/within the headers/);
  });

  test('more than any real one', async () => {
    const many = withEntries(
      program,
      Array.from({ length: 17 }, () => certificateTableEntry(new Uint8Array(8), 1)),
    );
    expect(await errorOf(many)).toBeInstanceOf(LimitError);
    const large = withEntries(program, [certificateTableEntry(new Uint8Array(1024 * 1024))]);
    expect((await errorOf(large))?.code).toBe(peCode.PE_LIMIT);
  });

  test('entries of other types are passed over', async () => {
    expect(await read(withEntries(program, [certificateTableEntry(data, 1)]))).toEqual([]);
  });
});

describe('security version', () => {
  const version = async (bytes: Uint8Array) =>
    (await readPe(memorySource(handMadePe({ securityVersion: bytes, version: [10, 0, 1, 2] }), 'boot.efi')))
      .securityVersion;
  test('minor then major; a program without the resource has none', async () => {
    expect(await version(Uint8Array.of(0, 0, 8, 0))).toBe('8.0');
    expect(await version(Uint8Array.of(2, 1, 9, 0))).toBe('9.258');
    expect((await readPe(memorySource(program))).securityVersion).toBeUndefined();
    await expect(version(Uint8Array.of(0, 0, 8))).rejects.toMatchObject({ code: peCode.PE_RESOURCES });
  });
  test('a resource of another name is none', async () => {
    const bytes = Buffer.from(handMadePe({ securityVersion: Uint8Array.of(0, 0, 8, 0) }));
    const at = bytes.indexOf(Buffer.from('BOOTMGR', 'utf16le'));
    bytes.write('C', at, 'latin1');
    expect((await readPe(memorySource(bytes))).securityVersion).toBeUndefined();
  });
});
