/**
 * Variables and settings of a medium as `media inspect --json` reads them, from the image file and from the boot.wim
 * inside; wimlib and 7-Zip show that both hold the same bytes, and no secret in the clear.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/index.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { sampleWim, services } from './made-media.ts';
import { udfView } from './views.ts';

const secret = 'correct horse battery staple';

/** Runs a command line in this process. */
async function osdkit(
  ...args: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  const code = await main(args, services, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

const create = (wim: string, output: string, ...options: string[]) =>
  osdkit('media', 'create', 'bootable', '--boot-image', wim, '--output', output, ...options);

const inspect = async (iso: string, ...options: string[]) => {
  const { code, out } = await osdkit('media', 'inspect', iso, '--json', ...options);
  expect(code).toBe(0);
  return JSON.parse(out) as Record<string, unknown>;
};

describeWithTools(['wimlib-imagex', '7z'], 'settings and variables of a medium', (found) => {
  let folder = '';
  let wim = '';
  const own = (name: string) => join(folder, name);
  /** Both containers as foreign programs take them out. */
  async function containers(name: string): Promise<{ readonly medium: Buffer; readonly bootWim: Buffer }> {
    await udfView(own(`${name}.iso`), own(name));
    const target = own(`${name}-wim`);
    const bootWim = own(`${name}/sources/boot.wim`);
    await run(found.path('wimlib-imagex'), ['extract', bootWim, '1', '/osdkit/variables', '--dest-dir', target]);
    return { medium: readFileSync(own(`${name}/osdkit/variables`)), bootWim: readFileSync(join(target, 'variables')) };
  }

  beforeAll(async () => {
    folder = scratch();
    wim = await sampleWim(folder);
    writeFileSync(own('password'), 'the password\n');
    writeFileSync(own('wrong'), 'another password\n');
    writeFileSync(own('secrets.yaml'), `SMSTSPreferredAdvertID: ABC20001\nOSDJoinPassword: {secret: ${secret}}\n`);
  });

  describe('plain (DEP-27, MEDIA-11)', () => {
    test('unattended and SMSTSPreferredAdvertID come out of the image file and of its boot.wim', async () => {
      const options = ['--unattended', '--variable', 'SMSTSPreferredAdvertID=ABC20001', '--variable', 'Site='];
      const dates = ['--start', '2026-12-01T00:00:00Z', '--expires', '2027-12-01T08:00:00+05:30'];
      expect((await create(wim, own('plain.iso'), ...options, ...dates)).code).toBe(0);
      const list = [
        { name: 'Site', value: '' },
        { name: 'SMSTSPreferredAdvertID', value: 'ABC20001' },
      ];
      expect(await inspect(own('plain.iso'))).toMatchObject({
        document: {
          type: 'BootMedia',
          unattended: true,
          start: '2026-12-01T00:00:00Z',
          expires: '2027-12-01T08:00:00+05:30',
          tool: { name: 'osdkit', version: services.version },
        },
        signed: false,
        variables: { sealed: false, list: expect.arrayContaining(list) as unknown },
        variablesInBootWim: { sealed: false, list: expect.arrayContaining(list) as unknown },
      });
      const { medium, bootWim } = await containers('plain');
      expect(bootWim.equals(medium)).toBe(true);
      expect(medium.includes('ABC20001')).toBe(true);
    });
  });

  describe('with a secret', () => {
    beforeAll(async () => {
      const options = ['--variables-file', own('secrets.yaml'), '--password-file', own('password')];
      const { code, out } = await create(wim, own('sealed.iso'), ...options);
      expect(code).toBe(0);
      expect(out).not.toContain(secret);
    });

    test('the whole container is sealed: no byte of secret or names in the image file', async () => {
      const { medium, bootWim } = await containers('sealed');
      expect(bootWim.equals(medium)).toBe(true);
      const image = readFileSync(own('sealed.iso'));
      for (const text of [secret, 'the password']) {
        for (const encoding of ['utf8', 'utf16le'] as const)
          expect(image.includes(text, 0, encoding), text).toBe(false);
      }
      expect(medium.includes('ABC20001')).toBe(false);
    });

    test('without the password nothing of the container is shown', async () => {
      const sealed = { sealed: true, list: null };
      expect(await inspect(own('sealed.iso'))).toMatchObject({ variables: sealed, variablesInBootWim: sealed });
    });

    test('with it names and plain values are, the secret stays masked', async () => {
      const shown = await inspect(own('sealed.iso'), '--password-file', own('password'));
      const list = expect.arrayContaining([
        { name: 'SMSTSPreferredAdvertID', value: 'ABC20001' },
        { name: 'OSDJoinPassword', value: null },
      ]) as unknown;
      expect(shown).toMatchObject({ variables: { sealed: true, list }, variablesInBootWim: { sealed: true, list } });
      expect(JSON.stringify(shown)).not.toContain(secret);
    });

    test('a wrong password is wrong, not damage', async () => {
      const { code, err } = await osdkit('media', 'inspect', own('sealed.iso'), '--password-file', own('wrong'));
      expect(code).not.toBe(0);
      expect(code).not.toBe(70);
      expect(err).toMatch(/password/i);
    });

    test('MEDIA-11: --unattended with secrets is refused, and nothing is written', async () => {
      const options = ['--variables-file', own('secrets.yaml'), '--password-file', own('password'), '--unattended'];
      const { code, err } = await create(wim, own('refused.iso'), ...options);
      expect(code).not.toBe(0);
      expect(err).toContain('MEDIA_UNATTENDED_SECRETS');
      expect(() => readFileSync(own('refused.iso'))).toThrow('ENOENT');
    });
  });

  test('VAR-11: a variable that begins with _ is refused', async () => {
    const { code, err } = await create(wim, own('refused.iso'), '--variable', '_SMSTSInWinPE=false');
    expect(code).not.toBe(0);
    expect(err).toContain('_SMSTSInWinPE');
  });

  test('MEDIA-05: without a boot image there is no medium', async () => {
    writeFileSync(own('no.wim'), 'no WIM');
    for (const image of [own('no.wim'), own('absent.wim')]) {
      const { code, err } = await create(image, own('refused.iso'));
      expect(code).not.toBe(0);
      expect(err).toContain(image);
    }
  });
});
