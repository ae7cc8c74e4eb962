/** WIM files and folders of Windows media into a site, from the command line. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ByteSource, memorySource, readAll } from '../../images/bytes/index.ts';
import { sampleBootImage } from '../../images/sample/index.ts';
import { treeFromFiles } from '../../images/tree/index.ts';
import { type NewImage, writeWim } from '../../images/wim/index.ts';
import { scratch } from '../support/scratch.ts';
import { osdkitInProcess } from './in-process.ts';
import { done, newSite, refused, result } from './site-commands.ts';

const folder = scratch();
const at = (name: string): string => join(folder, name);
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

async function write(name: string, source: ByteSource): Promise<void> {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), await readAll(source));
}

function windows(name: string, edition: string): NewImage {
  return {
    tree: treeFromFiles([{ path: 'Windows/a.txt', content: memorySource(Buffer.from(name)) }]),
    name,
    windows: {
      arch: 12,
      edition,
      installationType: 'Client',
      version: { major: 10, minor: 0, build: 26100, spBuild: 1742, spLevel: 0 },
      languages: ['de-DE', 'en-US'],
      defaultLanguage: 'de-DE',
    },
  };
}

beforeAll(async () => {
  await write('boot.wim', await sampleBootImage({ architecture: 'x64', size: 4096 }));
  const options = {
    bootIndex: 0,
    guid: '01234567-89ab-cdef-0123-456789abcdef',
    created: Date.UTC(2024, 0, 1),
  };
  const images = [windows('Windows 11 Pro', 'Professional'), windows('Windows 11 Enterprise', 'Enterprise')];
  const { source } = await writeWim(images, options);
  await write('install.wim', source);
  await write('media/sources/install.wim', source);
  writeFileSync(at('media/setup.exe'), 'setup');
});

describe('osdkit image import', () => {
  test('a Windows PE becomes a boot image with a new id, its content in the library', async () => {
    const site = await newSite();
    const made = await result(['image', 'import', at('boot.wim'), '--site', site, '--name', 'PE x64']);
    const digest = sha256(at('boot.wim'));
    expect(made).toMatchObject({
      kind: 'boot-image',
      id: 'ABC00001',
      name: 'PE x64',
      content: { sha256: digest, size: readFileSync(at('boot.wim')).length, source: at('boot.wim') },
      copied: true,
      architecture: 'x64',
      version: '10.0.26100.1',
      language: '1033',
      images: [{ index: 1, edition: 'WindowsPE' }],
    });
    expect(sha256(join(site, 'content/sha256', digest.slice(0, 2), digest))).toBe(digest);
    expect(readFileSync(join(site, 'boot-images/pe-x64.yaml'), 'utf8')).toMatch(/^id: ABC00001\nname: PE x64\n/m);
    expect(await result(['site', 'check', '--site', site])).toMatchObject({
      errors: 0,
      warnings: 0,
      missingContent: [],
    });
    const again = await result(['image', 'import', at('boot.wim'), '--site', site, '--name', 'Second']);
    expect(again).toMatchObject({ id: 'ABC00002' });
  });

  test('CACHE-03: an install.wim becomes an operating system with editions and a decimal LCID', async () => {
    const site = await newSite();
    const plan = await done(['image', 'import', at('install.wim'), '--site', site, '--plan']);
    expect(plan).toContain('+++ b/operating-systems/install.yaml');
    expect(readdirSync(site)).not.toContain('operating-systems');
    expect(readdirSync(site)).not.toContain('content');
    await done(['image', 'import', at('install.wim'), '--site', site, '--reference']);
    expect(existsSync(join(site, 'content'))).toBe(false);
    const digest = sha256(at('install.wim'));
    expect(await result(['site', 'show', 'install', '--site', site])).toMatchObject({
      value: {
        version: '10.0.26100.1742',
        architecture: 'arm64',
        language: '1031',
        content: { sha256: digest, source: at('install.wim') },
        editions: [
          {
            index: 1,
            name: 'Windows 11 Pro',
            edition: 'Professional',
            architecture: 'arm64',
            language: 'de-DE, en-US',
          },
          { index: 2, name: 'Windows 11 Enterprise', edition: 'Enterprise' },
        ],
      },
      content: [{ sha256: digest, there: false }],
    });
  });

  test('the folder of Windows media becomes an upgrade package with all its files', async () => {
    const site = await newSite();
    const made = await result([
      'image',
      'import',
      at('media'),
      '--kind',
      'upgrade-package',
      '--site',
      site,
      '--name',
      'Up',
    ]);
    expect(made).toMatchObject({ kind: 'upgrade-package', images: [{ index: 1 }, { index: 2 }] });
    expect(readFileSync(join(site, 'upgrade-packages/up.yaml'), 'utf8')).toContain(
      'schemas/upgrade-packages.schema.json',
    );
    expect(await result(['site', 'check', '--site', site])).toMatchObject({ errors: 0, missingContent: [] });
  });

  test('what is no such thing is refused by name, and nothing is written', async () => {
    const site = await newSite();
    writeFileSync(at('not.wim'), 'no WIM at all');
    writeFileSync(at('empty.wim'), '');
    mkdirSync(at('folder'), { recursive: true });
    for (const [words, code] of [
      [['not.wim'], 'APP_IMAGE_KIND'],
      [['empty.wim'], 'APP_IMAGE_KIND'],
      [['folder', '--kind', 'upgrade-package'], 'APP_IMAGE_KIND'],
      [['media', '--kind', 'operating-system'], 'APP_IMAGE_KIND'],
      [['install.wim', '--kind', 'upgrade-package'], 'APP_IMAGE_KIND'],
      [['install.wim', '--index', '2'], 'APP_IMAGE_KIND'],
      [['install.wim', '--kind', 'boot-image', '--index', '1'], 'BOOT_IMAGE_NOT_WINPE'],
      [['install.wim', '--kind', 'nonsense'], 'APP_OPTION'],
      [['absent.wim'], 'CORE_FILE_NOT_FOUND'],
    ] as const) {
      const [file, ...rest] = words;
      await refused(['image', 'import', at(file), ...rest, '--site', site], code);
    }
    writeFileSync(at('cut.wim'), readFileSync(at('install.wim')).subarray(0, 500));
    expect((await osdkitInProcess(['image', 'import', at('cut.wim'), '--site', site])).code).toBe(3);
    expect(readdirSync(site).sort()).toEqual(['.gitignore', 'keys', 'schemas', 'site.yaml']);
  });
});
