/** Foreign readers judge what is made for network boot: the stores of clients, the prepared image file, its boot.wim. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { operationContext } from '../../../../src/core/index.ts';
import { prepareImage, type PreparedFolder } from '../../../../src/app/network-boot/prepared-image.ts';
import { sampleWim, specOf } from '../../../media/network/preparing.ts';
import { requireTool, run, scratch } from '../../../support/tools.ts';
import { asked, imageOf, key, published } from './publishing.ts';

const tools = requireTool('hivexget', 'hivexregedit', '7z', 'wimlib-imagex');
const LOADER = '{7619dcc9-fafe-11d9-b411-000476eba25f}';
const OPTIONS = '{7619dcc8-fafe-11d9-b411-000476eba25f}';

const place = scratch();
let x64: PreparedFolder;
let arm64: PreparedFolder;

beforeAll(async () => {
  x64 = await prepareImage(place, await specOf(await sampleWim('x64')), operationContext());
  arm64 = await prepareImage(place, await specOf(await sampleWim('arm64')), operationContext());
});

describe('stores of clients', () => {
  test.for([
    ['bcd', 'winload.efi'],
    ['boot/bcd', 'winload.exe'],
  ] as const)('%s: libhivex finds loader, SDI path, block size and window', async ([name, loader]) => {
    const publisher = published(x64, { tftp: { blockSize: 1456, window: 8, queueBudget: 1e6, variableWindow: true } });
    const folder = `b/${imageOf(publisher).version}/${key}`;
    const store = await asked(publisher, `${folder}/${name}`);
    publisher.close();
    const path = join(scratch(), 'BCD');
    writeFileSync(path, store?.bytes ?? '');
    const element = async (object: string, id: string): Promise<string> =>
      (await run(tools.path('hivexget'), [path, `\\Objects\\${object}\\Elements\\${id}`, 'Element'])).stdout;
    expect(await element(LOADER, '12000002')).toBe(`\\windows\\system32\\boot\\${loader}\n`);
    expect(await element(OPTIONS, '32000004')).toBe(`\\${folder.replaceAll('/', '\\')}\\boot.sdi\n`);
    const { stdout } = await run(tools.path('hivexregedit'), ['--export', path, `\\Objects\\${OPTIONS}\\Elements`]);
    const values = Object.fromEntries(
      [...stdout.matchAll(/\\(3[0-9a-f]{7})\]\s+"Element"=hex\(3\):([0-9a-f,]+)/g)].map(([, id, hex]) => [id, hex]),
    );
    expect(values['35000007']).toBe('b0,05,00,00,00,00,00,00');
    expect(values['35000008']).toBe('08,00,00,00,00,00,00,00');
    expect(values['3600000b']).toBe('01');
  });
});

describe('the prepared image', () => {
  test.for(['x64', 'arm64'] as const)('%s: 7-Zip takes the files out of it that slices serve', async (architecture) => {
    const { folder, prepared } = architecture === 'x64' ? x64 : arm64;
    const output = scratch();
    await run(tools.path('7z'), ['x', '-y', `-o${output}`, join(folder, 'boot.iso')]);
    const loader = architecture === 'x64' ? 'EFI/BOOT/BOOTX64.EFI' : 'EFI/BOOT/BOOTAA64.EFI';
    for (const [role, path] of [
      ['boot.wim', 'sources/boot.wim'],
      ['boot.sdi', 'boot/boot.sdi'],
      ['bootmgfw.efi', loader],
    ] as const) {
      const digest = createHash('sha256')
        .update(readFileSync(join(output, path)))
        .digest('hex');
      expect(digest, role).toBe(prepared.roles[role]?.sha256);
    }
    await run(tools.path('wimlib-imagex'), ['verify', join(output, 'sources/boot.wim')]);
    const { stdout } = await run(tools.path('wimlib-imagex'), ['dir', join(output, 'sources/boot.wim'), '1']);
    expect(stdout).toContain('/osdkit/media.json');
  });
});
