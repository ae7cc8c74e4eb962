/** CAs with Microsoft's names and signers below them, made by openssl; programs signed by osslsigncode. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../support/tools.ts';

/** Files of a signer. */
export interface TestSigner {
  readonly issuer: string;
  /** The CA's certificate. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** A CA of that common name and the certificate `Microsoft Windows` below it, valid from now on. */
export async function makeSigner(openssl: string, folder: string, id: string, issuer: string): Promise<TestSigner> {
  const cwd = folder;
  const file = (name: string) => join(folder, `${id}-${name}`);
  const subject = (name: string) => ['-subj', `/O=Test Corporation/CN=${name}`];
  const fresh = ['-newkey', 'rsa:2048', '-nodes'];
  await run(
    openssl,
    ['req', '-x509', ...fresh, '-days', '30', ...subject(issuer), '-keyout', file('ca.key'), '-out', file('ca.pem')],
    { cwd },
  );
  await run(
    openssl,
    ['req', ...fresh, ...subject('Microsoft Windows'), '-keyout', file('leaf.key'), '-out', file('leaf.csr')],
    { cwd },
  );
  writeFileSync(file('ext'), 'extendedKeyUsage=codeSigning\n');
  const by = [
    '-CA',
    file('ca.pem'),
    '-CAkey',
    file('ca.key'),
    '-CAcreateserial',
    '-days',
    '29',
    '-extfile',
    file('ext'),
  ];
  await run(openssl, ['x509', '-req', '-in', file('leaf.csr'), ...by, '-out', file('leaf.pem')], { cwd });
  return { issuer, ca: file('ca.pem'), certificate: file('leaf.pem'), key: file('leaf.key') };
}

/** Signs as osslsigncode does, the CA's certificate enclosed. */
export async function osslsign(
  tool: string,
  { certificate, ca, key }: TestSigner,
  hash: 'sha1' | 'sha256',
  from: string,
  to: string,
): Promise<void> {
  await run(tool, ['sign', '-certs', certificate, '-ac', ca, '-key', key, '-h', hash, '-in', from, '-out', to]);
}

/** What `osslsigncode verify` says of a file with one signature. */
export interface Verdict {
  readonly ok: boolean;
  /** Digests in lower-case hexadecimal. */
  readonly stated: string;
  readonly calculated: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
}

/** Asks osslsigncode; `ok` needs the CA's certificate to be a root. */
export async function osslverify(tool: string, path: string, ca: string): Promise<Verdict> {
  const { stdout, code } = await run(tool, ['verify', '-CAfile', ca, '-in', path], { allowFailure: true });
  const found = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? '';
  return {
    ok: code === 0 && stdout.includes('Signature verification: ok'),
    stated: found(/^Current message digest\s*: ([0-9A-F]+)/m).toLowerCase(),
    calculated: found(/^Calculated message digest\s*: ([0-9A-F]+)/m).toLowerCase(),
    subject: found(/^\s*Subject: .*CN=(.+)$/m),
    issuer: found(/^\s*Issuer : .*CN=(.+)$/m),
    serial: found(/^\s*Serial : ([0-9A-F]+)$/m).toLowerCase(),
  };
}
