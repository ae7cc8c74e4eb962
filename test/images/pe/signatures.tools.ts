/** `readSignatures` on shim, GRUB and programs signed on the spot, judged by osslsigncode and sbverify. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { memorySource, readAll } from '../../../images/bytes/index.ts';
import { authenticodeDigest, readSignatures, type PeSignature } from '../../../images/pe/index.ts';
import { sampleTree } from '../../../images/sample/index.ts';
import { findFile } from '../../../images/tree/index.ts';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { handMadePe } from './hand-made-pe.ts';
import { microsoft, signed, withEntries } from './hand-made-signature.ts';
import { makeSigner, osslsign, osslverify, type TestSigner } from './test-ca.ts';

const read = (path: string) => readSignatures(memorySource(readFileSync(path), path));

/** Each signature of a file alone behind the same program: osslsigncode reads no table with two entries. */
function oneByOne(path: string, signatures: readonly PeSignature[]): Uint8Array[] {
  const bytes = new Uint8Array(readFileSync(path));
  const program = bytes.slice(0, signatures[0]?.offset);
  return signatures.map(({ offset, size }) =>
    withEntries(program, [bytes.slice(offset, offset + Math.ceil((8 + size) / 8) * 8)]),
  );
}

/** Our signature in the terms of osslsigncode's verdict. */
function termsOf(one: PeSignature | undefined): Record<string, unknown> {
  return {
    stated: one?.signedDigest,
    calculated: one?.fileDigest,
    subject: one?.signer.subject,
    issuer: one?.signer.issuer,
    serial: one?.signer.serial,
  };
}

describeWithTools(['osslsigncode', 'sbverify', 'openssl', 'shim', 'grub-signed'], 'files of Debian', (tools) => {
  test('shim: both entries, each as osslsigncode reads it alone, each valid for sbverify', async () => {
    const shim = tools.path('shim');
    const found = await read(shim);
    expect(found.map(({ signingCa }) => signingCa)).toEqual(['third-party-2011', 'third-party-2023']);
    const { stdout } = await run(tools.path('sbverify'), ['--list', shim]);
    const issuers = [...stdout.matchAll(/image signature issuers:\n - .*CN=(.+)/g)].map(([, name]) => name);
    expect(found.map(({ signer }) => signer.issuer)).toEqual(issuers);

    const folder = scratch();
    for (const [i, bytes] of oneByOne(shim, found).entries()) {
      const one = found[i];
      const path = join(folder, `shim-${i}.efi`);
      writeFileSync(path, bytes);
      const pkcs7 = join(folder, `shim-${i}.p7`);
      writeFileSync(
        pkcs7,
        readFileSync(shim).subarray((one?.offset ?? 0) + 8, (one?.offset ?? 0) + 8 + (one?.size ?? 0)),
      );
      const pem = join(folder, `shim-${i}.pem`);
      await run(tools.path('openssl'), ['pkcs7', '-inform', 'DER', '-in', pkcs7, '-print_certs', '-out', pem]);
      const { ok, ...verdict } = await osslverify(tools.path('osslsigncode'), path, pem);
      expect(ok).toBe(false); // Microsoft's root is not enclosed, and osslsigncode takes nothing else for trusted
      expect(verdict).toEqual(termsOf(one));
      expect(one).toMatchObject({ digestMatches: true, signatureValid: true, digestAlgorithm: 'sha256' });
      const verified = await run(tools.path('sbverify'), ['--cert', pem, path]);
      expect(verified.stdout).toContain('Signature verification OK');
    }
  });

  test('GRUB: signed by Debian, no CA of Microsoft', async () => {
    const grub = tools.path('grub-signed');
    const [signature, ...others] = await read(grub);
    expect(others).toEqual([]);
    expect(signature).toMatchObject({ signingCa: 'other', digestMatches: true, signatureValid: true });
    const { ok: _ok, ...verdict } = await osslverify(tools.path('osslsigncode'), grub, '/dev/null');
    expect(verdict).toEqual(termsOf(signature));
  });
});

describeWithTools(['osslsigncode', 'sbsign', 'sbverify', 'openssl'], 'programs signed on the spot', (tools) => {
  const ossl = tools.path('osslsigncode');
  let folder = '';
  let unsigned = '';
  const signers = new Map<string, TestSigner>();
  const signerOf = (ca: string) => signers.get(ca) as TestSigner;

  beforeAll(async () => {
    folder = scratch();
    unsigned = join(folder, 'unsigned.efi');
    const loader = findFile(sampleTree('x64', 1000), 'Windows/Boot/EFI/bootmgfw.efi');
    writeFileSync(unsigned, loader ? await readAll(loader.content) : new Uint8Array());
    const names = { ...microsoft, other: 'Contoso Boot CA' };
    const made = Object.entries(names).map(async ([ca, issuer]) => {
      signers.set(ca, await makeSigner(tools.path('openssl'), folder, ca, issuer));
    });
    await Promise.all(made);
  });

  test.each([...Object.keys(microsoft), 'other'])('CA %s: osslsigncode verifies what we read', async (ca) => {
    for (const hash of ['sha256', 'sha1'] as const) {
      const path = join(folder, `${ca}-${hash}.efi`);
      await osslsign(ossl, signerOf(ca), hash, unsigned, path);
      const [signature, ...others] = await read(path);
      expect(others).toEqual([]);
      expect(signature).toMatchObject({
        signingCa: ca,
        digestAlgorithm: hash,
        digestMatches: true,
        signatureValid: true,
      });
      expect(await osslverify(ossl, path, signerOf(ca).ca)).toEqual({ ok: true, ...termsOf(signature) });
      expect(await authenticodeDigest(memorySource(readFileSync(unsigned)), hash)).toBe(signature?.signedDigest);
    }
  });

  test('sbsign: one signature, then a second beside it', async () => {
    const sbsign = async (ca: string, from: string, to: string) =>
      run(tools.path('sbsign'), ['--key', signerOf(ca).key, '--cert', signerOf(ca).certificate, '--output', to, from]);
    const once = join(folder, 'once.efi');
    const twice = join(folder, 'twice.efi');
    await sbsign('2011', unsigned, once);
    // sbsign does not count padding to the length of an entry; osslsigncode 2.5 refuses that, so its own file gives the digest.
    const [signature] = await read(once);
    const verified = await run(tools.path('sbverify'), ['--cert', signerOf('2011').ca, once]);
    expect(verified.stdout).toContain('Signature verification OK');
    const other = join(folder, 'other.efi');
    await osslsign(ossl, signerOf('2011'), 'sha256', unsigned, other);
    expect((await osslverify(ossl, other, signerOf('2011').ca)).calculated).toBe(signature?.fileDigest);
    await sbsign('2023', once, twice);
    const found = await read(twice);
    expect(found.map(({ signingCa }) => signingCa)).toEqual(['2011', '2023']);
    expect(found.every((one) => one.digestMatches && one.signatureValid)).toBe(true);
    const second = await run(tools.path('sbverify'), ['--cert', signerOf('2023').ca, twice]);
    expect(second.stdout).toContain('Signature verification OK');
  });

  test('a changed program: both say so, with the same digests', async () => {
    const path = join(folder, 'changed.efi');
    await osslsign(ossl, signerOf('2011'), 'sha256', unsigned, path);
    const bytes = readFileSync(path);
    bytes[0x300] = (bytes[0x300] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const [signature] = await read(path);
    expect(signature).toMatchObject({ digestMatches: false, signatureValid: true });
    const { ok, stated, calculated } = await osslverify(ossl, path, signerOf('2011').ca);
    expect({ ok, stated, calculated }).toEqual({
      ok: false,
      stated: signature?.signedDigest,
      calculated: signature?.fileDigest,
    });
  });

  test('the hand-made signatures of the unit tests are signatures for osslsigncode too', async () => {
    const path = join(folder, 'hand-made.efi');
    writeFileSync(path, signed(handMadePe({ subsystem: 10 }), { issuer: microsoft['2023'] }));
    const { ok: _ok, ...verdict } = await osslverify(ossl, path, signerOf('2023').ca);
    expect(verdict).toEqual(termsOf((await read(path))[0]));
  });
});
