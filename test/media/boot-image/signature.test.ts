/** The CA of a boot manager is that of its certificate; the folder speaks for unsigned ones alone. */
import { describe, expect, test } from 'vitest';
import { bootImageCode as code, inspectBootImage } from '../../../media/boot-image/index.ts';
import { microsoft } from '../../images/pe/hand-made-signature.ts';
import { bootmgr, codeOf, codes, peWim, program, select, signedProgram, tree, type Files } from './winpe-image.ts';

const pathOf = { '2011': 'Windows/Boot/EFI/bootmgfw.efi', '2023': 'Windows/Boot/EFI_EX/bootmgfw_EX.efi' } as const;
const by2011 = signedProgram(microsoft['2011']);
const by2023 = signedProgram(microsoft['2023']);
const byShim = signedProgram(microsoft['third-party-2011'], microsoft['third-party-2023']);
const byOther = signedProgram('Contoso Boot CA');

const changed = (bytes: Uint8Array) => {
  const copy = bytes.slice();
  copy[0x2f00] = 1;
  return copy;
};
const facts = async (files: Files) => (await inspectBootImage(await peWim([{ files }]))).facts;

describe('inspect', () => {
  test('tells certificate, signer and security version of each loader', async () => {
    const { loaders, signingCas, problems } = await facts({ [pathOf['2011']]: by2011, [pathOf['2023']]: by2023 });
    expect(loaders).toMatchObject([
      { path: pathOf['2011'], state: 'signed', folderCa: '2011', signingCas: ['2011'], securityVersion: '8.0' },
      { path: pathOf['2023'], state: 'signed', folderCa: '2023', signingCas: ['2023'] },
    ]);
    expect(loaders[1]?.signatures).toMatchObject([
      { signingCa: '2023', digestMatches: true, signer: { subject: 'Microsoft Windows', issuer: microsoft['2023'] } },
    ]);
    expect(signingCas).toEqual(['2011', '2023']);
    expect(problems).toEqual([]);
  });

  test('an unsigned one goes by its folder, and is told to be unsigned', async () => {
    const { loaders, signingCas, problems } = await facts({});
    expect(loaders).toMatchObject([{ state: 'unsigned', folderCa: '2011', signingCas: ['2011'], signatures: [] }]);
    expect(signingCas).toEqual(['2011']);
    expect(problems).toEqual([]);
  });

  test('folder against certificate is a warning, and the certificate counts', async () => {
    const { signingCas, problems } = await facts({ [pathOf['2011']]: by2023 });
    expect(signingCas).toEqual(['2023']);
    expect(problems).toMatchObject([
      { code: code.BOOT_IMAGE_SIGNING_CA_DISAGREES, severity: 'warning', path: pathOf['2011'] },
    ]);
    expect(problems[0]?.message).toBe(
      `${pathOf['2011']}: it lies where loaders signed by the CA of 2011 do, its certificate is issued by "Windows UEFI CA 2023"`,
    );
  });

  test('one that was changed after signing, and one whose signature cannot be read', async () => {
    const broken = await facts({ [pathOf['2011']]: changed(by2011) });
    expect(broken.loaders).toMatchObject([{ state: 'broken', signingCas: ['2011'] }]);
    expect(broken.problems).toMatchObject([{ code: code.BOOT_IMAGE_SIGNATURE, severity: 'warning' }]);
    expect(broken.problems[0]?.message).toContain('not what was signed');
    const garbled = by2011.slice();
    garbled.fill(0xff, 0x3000 + 8, 0x3000 + 64);
    const unreadable = await facts({ [pathOf['2011']]: garbled });
    expect(unreadable.loaders).toMatchObject([{ state: 'unreadable', signingCas: ['2011'] }]);
    expect(unreadable.problems.map((problem) => problem.code)).toEqual([code.BOOT_IMAGE_SIGNATURE]);
    // Cut off is the damage of the program itself, which is told as such.
    const cut = await facts({ [pathOf['2011']]: by2011.subarray(0, -8) });
    expect(cut.problems.map((problem) => problem.code)).toEqual([code.BOOT_IMAGE_LOADER, code.BOOT_IMAGE_PROGRAM]);
  });
});

describe('which loader goes on the medium', () => {
  test('swapped folders: by certificate, the one of 2011 unless told', async () => {
    const swapped = { [pathOf['2011']]: by2023, [pathOf['2023']]: by2011 };
    const unasked = await select(swapped);
    expect(unasked.loader).toMatchObject({ signingCa: '2011', path: pathOf['2023'] });
    expect(codes(unasked)).toEqual([code.BOOT_IMAGE_SIGNING_CA_DISAGREES]);
    expect((await select(swapped, { signingCa: '2023' })).loader).toMatchObject({
      signingCa: '2023',
      path: pathOf['2011'],
    });
  });

  test('a folder of 2023 without such a certificate does not satisfy --signing-ca 2023', async () => {
    const files = { [pathOf['2011']]: by2011, [pathOf['2023']]: by2011 };
    expect(await codeOf(select(files, { signingCa: '2023' }))).toBe(code.BOOT_IMAGE_SIGNING_CA);
  });

  test("from a medium's folder: the certificate tells", async () => {
    const given = (bytes: Uint8Array) => ({ bootFiles: tree({ 'EFI/Boot/bootx64.efi': bytes, bootmgr: bootmgr() }) });
    const selection = await select({}, given(by2023));
    expect(selection.loader).toMatchObject({ signingCa: '2023', from: 'boot-files' });
    expect(codes(selection)).toEqual([]);
    // It is signed, so what its giver wishes does not make it one of 2011: the image's is taken.
    expect((await select({}, { ...given(by2023), signingCa: '2011' })).loader.from).toBe('image');
    expect((await select({}, { ...given(program('x64')), signingCa: '2023' })).loader.from).toBe('boot-files');
    expect(codes(await select({}, given(changed(by2011))))).toEqual([code.BOOT_IMAGE_SIGNATURE]);
  });

  test('one signed by both CAs serves either wish', async () => {
    const files = { [pathOf['2011']]: signedProgram(microsoft['2011'], microsoft['2023']) };
    for (const signingCa of ['2011', '2023'] as const) {
      const { loader } = await select(files, { signingCa });
      expect(loader.signingCa).toBe(signingCa);
      expect(loader.boots).toContain('Signed by both CAs');
    }
  });

  test.each([
    [by2011, '2011', /^Signed by the CA of 2011: .*trusts Microsoft Windows Production PCA 2011 and has not revoked/],
    [by2023, '2023', /^Signed by the CA of 2023: .*trusts Windows UEFI CA 2023, which new PCs do/],
    [byShim, 'unknown', /^Signed by Microsoft's CA for programs of others \(Microsoft Corporation UEFI CA 2011 and /],
    [byOther, 'unknown', /^Signed by "Contoso Boot CA", a CA that PCs do not trust as sold/],
    [changed(by2011), '2011', /^Its signature does not fit the file: with Secure Boot on no PC starts it/],
    [program('x64'), '2011', /^Not signed: with Secure Boot on no PC starts it/],
  ] as const)('which PCs start it', async (bytes, signingCa, boots) => {
    const { loader } = await select({ [pathOf['2011']]: bytes });
    expect(loader.signingCa).toBe(signingCa);
    expect(loader.boots).toMatch(boots);
    expect(loader.boots).toMatch(/ With Secure Boot off every UEFI PC of this architecture starts it\.$/);
  });
});
