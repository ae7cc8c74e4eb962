/** Media made from a site: what is on them, that it is covered, and that no secret is in the clear. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFile } from '../../images/bytes/index.ts';
import { bootableMedia } from '../../media/bootable/index.ts';
import { buildMedia } from '../../media/builder/index.ts';
import { mediaInspect, mediaVerify } from '../../src/app/index.ts';
import { openSiteKeys } from '../../src/app/site-key-file.ts';
import { operationContext, Secret } from '../../src/core/index.ts';
import { mediaPath, signDocument, writeBootstrap, writePolicy } from '../../src/protocol/index.ts';
import { done, newSite, refused, result } from '../cli/site-commands.ts';
import { IMAGES, INSTALL, labOf } from '../src/site/site-of.ts';
import { scratch } from '../support/scratch.ts';
import { createBootable, sampleWim, services } from './made-media.ts';

const folder = scratch();
let site = '';
let hidden = '';
let clientOnly = '';
const keysFile = join(folder, 'keys-password');

beforeAll(async () => {
  // Of the file, not of one test.
  site = join(folder, 'site');
  writeFileSync(keysFile, 'correct horse\n');
  await done(['init', site, '--site-code', 'ABC', '--name', 'Contoso', '--password-file', keysFile]);
  const wim = await sampleWim(folder);
  await done(['image', 'import', wim, '--site', site, '--kind', 'boot-image', '--name', 'pe-x64']);
  const { 'lab.csv': _, ...lab } = labOf(2);
  const files: Record<string, string> = {
    ...lab,
    'collections/lab.yaml':
      'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1, PC2] }\nvariables: { Quiet: { value: hush-collection, hidden: true } }\n',
    'operating-systems/win11.yaml': IMAGES['operating-systems/win11.yaml'],
    'task-sequences/install.yaml': INSTALL,
    'distribution-points/dp.yaml': 'name: DP1\nurl: http://dp1.contoso.com:8080\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
  const made = async (to: string) =>
    (
      await result<{ id: string }>([
        'deployment',
        'new',
        'Install',
        '--site',
        site,
        '--collection',
        'Lab',
        '--purpose',
        'available',
        '--available-to',
        to,
        '--name',
        to,
      ])
    ).id;
  await made('mediaAndPxe');
  hidden = await made('mediaAndPxeHidden');
  clientOnly = await made('clients');
});

let count = 0;
async function medium(options: Readonly<Record<string, unknown>> = {}) {
  const output = join(folder, `${++count}.iso`);
  const created = await createBootable({ bootImage: 'PE-X64', site, sitePasswordFile: keysFile, output, ...options });
  return { output, created };
}

const inspect = (file: string, password?: Secret) =>
  mediaInspect.run({ file, ...(password ? { password } : {}) }, services, operationContext());

describe('a medium made from a site', () => {
  test('holds bootstrap and signed policy in place of loose variables, and verifies', async () => {
    const { output, created } = await medium({ variables: ['OSDTimeZone=UTC'] });
    expect(created.verified?.problems).toEqual([]);
    expect(created.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([mediaPath.bootstrap, mediaPath.policy]),
    );
    const shown = await inspect(output);
    const keys = await openSiteKeys(site, new Secret('correct horse'));
    expect(shown.site?.bootstrap).toMatchObject({
      site: { code: 'ABC', name: 'Contoso', signing: keys.public.signing },
      servers: [{ name: 'DP1', url: 'http://dp1.contoso.com:8080' }],
      bootImage: { name: 'pe-x64' },
      unknownComputers: true,
      variables: { OSDTimeZone: 'UTC' },
    });
    expect(shown.site?.signature).toBe('valid');
    expect(shown.variables).toEqual({ sealed: false, list: [] });
    const text = await done(['media', 'inspect', output]);
    expect(text).toMatch(/Policy signature +valid/);
    expect(text).toContain('Install -> Lab');
  });

  test('DEP-28 DEP-29: lists what media may start: nothing for clients alone, nothing hidden', async () => {
    const shown = await inspect((await medium()).output);
    const ids = shown.site?.policy.deployments.map(({ name }) => name);
    expect(ids).toEqual(['mediaAndPxe']);
    expect(JSON.stringify(shown.site)).not.toContain(hidden);
    expect(JSON.stringify(shown.site)).not.toContain(clientOnly);
  });

  test('DEP-27 MEDIA-11: all three parts of the recipe on one medium; each missing part is told, and by its name', async () => {
    const preferred = { variables: [`SMSTSPreferredAdvertID=${hidden}`] };
    const whole = await medium({ ...preferred, unattended: true });
    expect(whole.created.notes.filter(({ code }) => code === 'POLICY_AUTOMATIC')).toEqual([]);
    const { site: on } = await inspect(whole.output);
    expect(on?.policy.choice).toMatchObject({ kind: 'run', deployment: hidden });
    expect(on?.policy.deployments.map(({ id }) => id)).toEqual([hidden]);
    const told = async (options: object) =>
      (await medium({ ...options, plan: true })).created.notes
        .filter(({ code }) => code === 'POLICY_AUTOMATIC')
        .map(({ message }) => message);
    expect(await told({ unattended: true })).toEqual([expect.stringContaining('SMSTSPreferredAdvertID is missing')]);
    expect(await told(preferred)).toEqual([expect.stringContaining('not unattended')]);
    const [shownId] = (await result<{ id: string; name: string }[]>(['deployment', 'list', '--site', site])).filter(
      ({ name }) => name === 'mediaAndPxe',
    );
    expect(await told({ variables: [`SMSTSPreferredAdvertID=${shownId?.id ?? ''}`], unattended: true })).toEqual([
      expect.stringContaining('is not hidden'),
    ]);
    for (const wrong of [clientOnly, 'ABCFFFFF']) {
      await expect(medium({ variables: [`SMSTSPreferredAdvertID=${wrong}`], unattended: true })).rejects.toMatchObject({
        code: 'APP_AUTOMATIC',
      });
    }
  });

  test('a secret is nowhere but in the sealed container; unattended media with one are refused (MEDIA-11)', async () => {
    const variables = join(folder, 'variables.yaml');
    const password = join(folder, 'medium-password');
    writeFileSync(variables, 'OSDJoinPassword: hush-medium\nOSDTimeZone: UTC\n');
    writeFileSync(password, 'fg7-key-of-medium\n');
    const { output } = await medium({ variablesFile: variables, passwordFile: password });
    const bytes = readFileSync(output);
    for (const secret of ['hush-medium', 'hush-collection', 'correct horse', 'fg7-key-of-medium']) {
      expect(bytes.includes(secret), secret).toBe(false);
      expect(bytes.includes(Buffer.from(secret, 'utf16le')), secret).toBe(false);
    }
    const shown = await inspect(output, new Secret('fg7-key-of-medium'));
    expect(shown.variables).toEqual({ sealed: true, list: [{ name: 'OSDJoinPassword', value: null }] });
    expect(shown.site?.bootstrap.variables).toEqual({ OSDTimeZone: 'UTC' });
    await expect(medium({ variablesFile: variables, passwordFile: password, unattended: true })).rejects.toMatchObject({
      code: 'MEDIA_UNATTENDED_SECRETS',
    });
  });

  test('equal sites give equal bytes; another policy another media id', async () => {
    const [a, b] = [await medium(), await medium()];
    expect(readFileSync(a.output).equals(readFileSync(b.output))).toBe(true);
    const other = await medium({ unknownComputers: false });
    expect(other.created.mediaId).not.toBe(a.created.mediaId);
  });

  test('without the password of the keys the policy is not signed, and that is told; a wrong one is refused', async () => {
    const { output, created } = await medium({ sitePasswordFile: undefined });
    expect(created.notes.map(({ code }) => code)).toContain('APP_POLICY_UNSIGNED');
    expect((await inspect(output)).site?.signature).toBe('none');
    const wrong = join(folder, 'wrong');
    writeFileSync(wrong, 'nobody\n');
    await expect(medium({ sitePasswordFile: wrong })).rejects.toMatchObject({ code: 'PROTOCOL_PASSWORD_WRONG' });
  });

  test('a changed policy is found by its signature and by every digest', async () => {
    const { output } = await medium();
    const bytes = readFileSync(output);
    const name = Buffer.from('"code":"ABC","name":"Contoso"');
    for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1))
      bytes.write('D', at + name.length - 2);
    const file = join(folder, 'changed.iso');
    writeFileSync(file, bytes);
    const { problems, sound } = await mediaVerify.run({ file }, services, operationContext());
    expect(sound).toBe(false);
    const codes = new Set(problems.map(({ code }) => code));
    expect(codes.has('MEDIA_SITE_CHANGED')).toBe(true);
    expect(codes.has('MEDIA_FILE_DIGEST')).toBe(true);
    expect((await inspect(file)).site?.signature).toBe('wrong');
  });
});

describe('what a site cannot give', () => {
  test('a boot image by a name that it has, with bytes that are there and unchanged', async () => {
    await expect(medium({ bootImage: 'pe-x65' })).rejects.toMatchObject({ code: 'APP_OBJECT' });
    const other = await newSite();
    const wim = await sampleWim(scratch());
    await done(['image', 'import', wim, '--site', other, '--kind', 'boot-image', '--name', 'pe', '--reference']);
    const from = { site: other, bootImage: 'pe', sitePasswordFile: undefined };
    expect((await medium({ ...from, plan: true })).created.planned).toBe(true);
    const bytes = readFileSync(wim);
    writeFileSync(wim, Buffer.concat([bytes, Buffer.from('x')]));
    await expect(medium(from)).rejects.toMatchObject({
      code: 'APP_BOOT_IMAGE_CONTENT',
      message: expect.stringContaining('was changed') as string,
    });
    rmSync(wim);
    await expect(medium(from)).rejects.toMatchObject({
      code: 'APP_BOOT_IMAGE_CONTENT',
      message: expect.stringContaining('cannot be read') as string,
    });
  });

  test('a site with errors gives nothing, and the output is not touched', async () => {
    const other = await newSite();
    mkdirSync(join(other, 'packages'), { recursive: true });
    writeFileSync(join(other, 'packages/p.yaml'), 'id: ABC00001\nnam: typo\n');
    const output = join(folder, 'none.iso');
    await refused(
      ['media', 'create', 'bootable', '--site', other, '--boot-image', 'pe', '--output', output],
      'APP_SITE',
    );
    expect(() => readFileSync(output)).toThrow(/ENOENT/);
  });

  test('a policy signed with another key than that of the bootstrap is found before the medium is kept', async () => {
    const { site: on } = await inspect((await medium({ sitePasswordFile: undefined })).output);
    const { signing } = await openSiteKeys(await newSite(), new Secret('correct horse'));
    if (!on) throw new Error('no site');
    const { osdkit: _, kind: __, ...bootstrap } = on.bootstrap;
    const output = join(folder, 'foreign.iso');
    await using bootImage = await openFile(await sampleWim(scratch()));
    const plan = await bootableMedia.plan(
      {
        bootImage,
        bootImageName: 'sample',
        label: 'OSDKIT',
        layout: 'mbr',
        variables: [],
        unattended: false,
        toolVersion: '1.2.3',
        site: { bootstrap: writeBootstrap(bootstrap), policy: writePolicy(signDocument(on.policy, signing)) },
      },
      operationContext(),
    );
    const building = buildMedia(bootableMedia, plan, output, { force: false }, operationContext());
    await expect(building).rejects.toThrow(/signature is not that of the key/);
    expect(() => readFileSync(output)).toThrow(/ENOENT/);
  });
});
