/** Boot images that wimlib made around boot managers that osslsigncode signed: facts, choice and the command's words. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openFile } from '../../../images/bytes/index.ts';
import { sampleTree } from '../../../images/sample/index.ts';
import { writeDirectory } from '../../../images/tree/index.ts';
import { openWim } from '../../../images/wim/index.ts';
import { bootImageCode as code, inspectBootImage, selectBootFiles } from '../../../media/boot-image/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { osdkit } from '../../cli/command.ts';
import { microsoft } from '../../images/pe/hand-made-signature.ts';
import { makeSigner, osslsign, osslverify, type TestSigner } from '../../images/pe/test-ca.ts';
import { describeWithTools, run, scratch } from '../../support/tools.ts';

const places = { '2011': 'Windows/Boot/EFI/bootmgfw.efi', '2023': 'Windows/Boot/EFI_EX/bootmgfw_EX.efi' } as const;

describeWithTools(['wimlib-imagex', 'osslsigncode', 'openssl'], 'boot managers signed by osslsigncode', (tools) => {
  const ossl = tools.path('osslsigncode');
  let files = '';
  let unsigned = '';
  const signers = new Map<string, TestSigner>();

  beforeAll(async () => {
    const folder = scratch();
    files = join(folder, 'files');
    unsigned = join(folder, 'unsigned.efi');
    await writeDirectory(sampleTree('x64', 1000), files, operationContext());
    renameSync(join(files, places['2011']), unsigned);
    for (const ca of ['2011', '2023'] as const) {
      signers.set(ca, await makeSigner(tools.path('openssl'), folder, ca, microsoft[ca]));
    }
  });

  /** A WIM with a loader at each place, signed by the CA that is given for it. */
  const image = async (loaders: Readonly<Partial<Record<'2011' | '2023', '2011' | '2023'>>>) => {
    for (const [place, ca] of Object.entries(loaders)) {
      const path = join(files, places[place as '2011' | '2023']);
      mkdirSync(dirname(path), { recursive: true });
      rmSync(path, { force: true }); // osslsigncode writes over nothing
      await osslsign(ossl, signers.get(ca) as TestSigner, 'sha256', unsigned, path);
    }
    const folder = scratch();
    await run(tools.path('wimlib-imagex'), ['capture', files, join(folder, 'boot.wim'), '--compress=LZX', '--boot']);
    return folder;
  };

  test('the folder says one thing, the certificate another: that one counts', async () => {
    const folder = await image({ '2011': '2023', '2023': '2011' });
    await using file = await openFile(join(folder, 'boot.wim'));
    const boot = await inspectBootImage(await openWim(file));
    const disagreeing = boot.facts.problems.filter((problem) => problem.code === code.BOOT_IMAGE_SIGNING_CA_DISAGREES);
    expect(disagreeing.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      `warning ${places['2011']}`,
      `warning ${places['2023']}`,
    ]);
    for (const [signingCa, place] of [
      ['2011', '2023'],
      ['2023', '2011'],
    ] as const) {
      const { loader } = await selectBootFiles(boot, { signingCa });
      expect(loader).toMatchObject({ signingCa, path: places[place] });
      const verdict = await osslverify(ossl, join(files, places[place]), (signers.get(signingCa) as TestSigner).ca);
      expect(verdict).toMatchObject({ ok: true, calculated: loader.facts.signatures[0]?.fileDigest });
    }
  });

  test('osdkit image inspect and media create tell who signed, and which PCs start it', async () => {
    const folder = await image({ '2011': '2011', '2023': '2023' });
    const inspected = await osdkit(folder, ['image', 'inspect', 'boot.wim']);
    expect(inspected.stdout).toContain(`${places['2011']}: signed by ${microsoft['2011']} (Microsoft Windows)`);
    expect(inspected.stdout).toContain(`${places['2023']}: signed by ${microsoft['2023']} (Microsoft Windows)`);
    expect(inspected.stdout).toMatch(/Signing CA +2011, 2023/);
    const create = ['media', 'create', 'bootable', '--boot-image', 'boot.wim', '--output', 'new.iso', '--plan'];
    const planned = await osdkit(folder, [...create, '--signing-ca', '2023', '--json']);
    expect(JSON.parse(planned.stdout)).toMatchObject({ document: { signingCa: '2023' } });
    expect(planned.stdout).toContain('Signed by the CA of 2023: starts with Secure Boot on where the PC trusts');
  });
});
