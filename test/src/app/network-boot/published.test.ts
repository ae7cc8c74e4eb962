/** What is published: names, BCD stores whose paths lead back to names, images replaced under servers. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBcd, describeBcd, readBcd } from '../../../../images/bcd/index.ts';
import { findRoute, indexRoutes } from '../../../../pxe/content/index.ts';
import { publishedName } from '../../../../pxe/tftp/index.ts';
import { prepareImage } from '../../../../src/app/network-boot/prepared-image.ts';
import { openPublisher } from '../../../../src/app/network-boot/published-images.ts';
import { windowFor } from '../../../../src/app/network-boot/published-settings.ts';
import { operationContext } from '../../../../src/core/index.ts';
import { sampleWim, specOf } from '../../../media/network/preparing.ts';
import { scratch } from '../../../support/scratch.ts';
import {
  asked,
  guidKey,
  imageOf,
  key,
  prepareTestImages,
  published,
  settings,
  source,
  type TestImages,
} from './publishing.ts';

let images: TestImages;
beforeAll(async () => {
  images = await prepareTestImages(scratch());
});

describe('names', () => {
  it('every file behind a name has the bytes of its id', async () => {
    for (const prepared of [images.x64, images.arm64, images.noBios]) {
      const publisher = published(prepared);
      for (const { name } of publisher.table.routes) {
        const found = await asked(publisher, name.replace('*', key));
        if (!found) throw new Error(name);
        expect(createHash('sha256').update(found.bytes).digest('hex'), name).toBe(found.file.id);
        expect(found.bytes.length, name).toBe(found.file.size);
      }
      publisher.close();
    }
  });

  it('are nothing but those of the table: no path, no other client form, no other version', async () => {
    const publisher = published(images.x64);
    const folder = `b/${imageOf(publisher).version}/${key}`;
    expect(await asked(publisher, `${folder}/boot.wim`)).not.toBeNull();
    for (const path of [
      `${folder}/prepared.json`,
      `b/${imageOf(publisher).version}/nobody/boot.wim`,
      `b/00000000/${key}/boot.wim`,
      `b/${imageOf(publisher).version}/boot.wim`,
      `${folder}/x/boot.wim`,
    ]) {
      expect(await asked(publisher, path), path).toBeNull();
    }
    for (const bad of ['', '*', '..', 'g', 'x'.repeat(300), '525400aa000', '525400AA0001']) {
      expect(await publisher.make(`b/${imageOf(publisher).version}/*/bcd`, bad), bad).toBeNull();
    }
    for (const bad of ['', 'bcd', 'b/x/*/bcd', `b/${imageOf(publisher).version}/*/boot.wim`]) {
      expect(await publisher.make(bad, key), bad).toBeNull();
    }
    publisher.close();
  });

  it('tell whose they are', () => {
    const publisher = published(images.x64);
    const { version } = imageOf(publisher);
    expect(publisher.ownerOf(`b/${version}/*/boot/bcd`)).toEqual({
      bootImage: 'ABC00001',
      name: 'PE',
      version,
      file: 'boot/bcd',
    });
    expect(publisher.ownerOf('ipxe/exit.ipxe')).toBeUndefined();
    publisher.close();
  });
});

describe('BCD stores', () => {
  const stores = [
    ['bcd', 'uefi', 'winload.efi'],
    ['boot\\bcd', 'bios', 'winload.exe'],
    ['efi\\microsoft\\boot\\bcd', 'uefi', 'winload.efi'],
  ] as const;

  it.each(stores)(
    '%s: for %s, paths lead to boot.sdi and boot.wim of the same client',
    async (name, firmware, loader) => {
      const publisher = published(images.x64);
      for (const who of [key, guidKey]) {
        const folder = `b\\${imageOf(publisher).version}\\${who}`;
        const store = await asked(publisher, `${folder}\\${name}`);
        if (!store) throw new Error('no store');
        const text = describeBcd(readBcd(store.bytes));
        expect(text).toContain(loader);
        const paths = [...text.matchAll(/\\b\\[0-9a-f]{8}\\\w+\\[\w.]+/g)].map(([path]) => path);
        expect(new Set(paths)).toEqual(new Set([`\\${folder}\\boot.sdi`, `\\${folder}\\boot.wim`]));
        for (const path of paths) expect(await asked(publisher, path), path).not.toBeNull();
        const exists = (path: string): boolean =>
          findRoute(indexRoutes(publisher.table), publishedName(path), null) !== null;
        expect(checkBcd(store.bytes, { firmware, exists })).toEqual([]);
      }
      publisher.close();
    },
  );

  it('say block size and window of the point, a smaller window when many read', async () => {
    const tftp = { blockSize: 4096, window: 16, queueBudget: 256_000, variableWindow: true };
    const texts: string[] = [];
    for (const active of [0, 9, 500]) {
      const publisher = published(images.x64, { tftp }, active);
      const store = await asked(publisher, `b/${imageOf(publisher).version}/${key}/bcd`);
      texts.push(describeBcd(readBcd(store?.bytes ?? new Uint8Array())));
      publisher.close();
    }
    const values = texts.map((text) => [
      /ramdisktftpblocksize +(\d+)/.exec(text)?.[1],
      /ramdisktftpwindowsize +(\d+)/.exec(text)?.[1],
      /ramdisktftpvarwindow +(\w+)/.exec(text)?.[1],
    ]);
    expect(values).toEqual([
      ['4096', '16', 'Yes'],
      ['4096', '6', 'Yes'],
      ['4096', '1', 'Yes'],
    ]);
  });

  it('the window keeps what is on its way within the budget, and is never 0', () => {
    const reading = { blockSize: 1456, window: 16, queueBudget: 256_000, variableWindow: false };
    for (const active of [0, 1, 10, 20, 100, 5000]) {
      const window = windowFor(reading, active);
      expect(window).toBeGreaterThanOrEqual(1);
      expect(window).toBeLessThanOrEqual(16);
      if (window > 1) expect(window * (1456 + 46) * (active + 1)).toBeLessThanOrEqual(256_000);
    }
    expect(windowFor(reading, 0)).toBe(16);
  });
});

describe('replacing', () => {
  it('old files stay open until no server uses them, then they are closed and the folder goes', async () => {
    const wim = await sampleWim('x64', 100_000);
    const folder = scratch();
    const first = await prepareImage(folder, await specOf(wim), operationContext());
    const publisher = openPublisher(['tftp', 'http'], () => 0);
    const before = publisher.replace([source(first)], settings);
    const after = publisher.replace([source(images.x64)], settings);
    expect(after.version).toBe(before.version + 1);
    const path = `b/${first.prepared.key.slice(0, 8)}/${key}/boot.wim`;
    expect(await asked(publisher, path)).toBeNull();
    const during = await asked(publisher, path, before);
    expect(during && createHash('sha256').update(during.bytes).digest('hex')).toBe(
      first.prepared.roles['boot.wim']?.sha256,
    );
    // A transfer that began before still gets its BCD.
    expect(await publisher.make(`b/${first.prepared.key.slice(0, 8)}/*/bcd`, key)).not.toBeNull();
    publisher.released('tftp', before.version);
    expect(await asked(publisher, path, before)).not.toBeNull();
    publisher.released('http', before.version - 1);
    expect(await asked(publisher, path, before)).not.toBeNull();
    expect(existsSync(first.folder)).toBe(true);
    publisher.released('http', before.version);
    await expect(asked(publisher, path, before)).rejects.toThrow('EBADF');
    await expect.poll(() => existsSync(first.folder)).toBe(false);
    expect(await asked(publisher, `b/${images.x64.prepared.key.slice(0, 8)}/${key}/boot.wim`)).not.toBeNull();
    publisher.close();
    expect(existsSync(images.x64.folder)).toBe(true);
  });

  it('a replaced version that somebody boots keeps its names until it is left out', async () => {
    const publisher = openPublisher(['tftp', 'http'], () => 0, { removeOld: false });
    publisher.replace([source(images.old)], settings);
    const version = images.old.prepared.key.slice(0, 8);
    const kept = publisher.replace([source(images.x64)], settings, new Set([version, 'ffffffff']));
    publisher.released('tftp', kept.version - 1);
    publisher.released('http', kept.version - 1);
    expect(await asked(publisher, `b/${version}/${key}/boot.wim`)).not.toBeNull();
    expect(publisher.superseded()).toEqual([version]);
    const last = publisher.replace([source(images.x64)], settings);
    expect(publisher.superseded()).toEqual([]);
    expect(await asked(publisher, `b/${version}/${key}/boot.wim`)).toBeNull();
    expect(publisher.ownerOf(`b/${version}/*/boot.wim`)).toBeDefined();
    for (const server of ['tftp', 'http']) publisher.released(server, last.version - 1);
    expect(publisher.ownerOf(`b/${version}/*/boot.wim`)).toBeUndefined();
    publisher.close();
  });

  it('an image that is published again keeps what it has open', async () => {
    const publisher = openPublisher(['tftp'], () => 0);
    publisher.replace([source(images.x64), source(images.old, 'ABC00002')], settings);
    publisher.replace([source(images.x64)], settings);
    const table = publisher.replace([source(images.x64), source(images.old, 'ABC00002')], settings);
    publisher.released('tftp', table.version - 1);
    expect(await asked(publisher, `b/${images.old.prepared.key.slice(0, 8)}/${key}/boot.wim`)).not.toBeNull();
    expect(existsSync(images.old.folder)).toBe(true);
    publisher.close();
  });

  it('an image that cannot be served says why; a file that cannot be opened leaves all as it was', () => {
    const publisher = openPublisher(['tftp'], () => 0);
    const table = publisher.replace([{ bootImage: 'A', name: 'a', why: 'it is being prepared' }], settings);
    expect(publisher.find('A')).toBe('it is being prepared');
    expect(publisher.find('B')).toEqual(expect.any(String));
    const gone = { ...images.x64, folder: `${images.x64.folder}-gone` };
    expect(() => publisher.replace([source(images.old), source(gone, 'C')], settings)).toThrow(/opening/);
    expect(publisher.table).toBe(table);
    expect(typeof publisher.find('ABC00001')).toBe('string');
    publisher.close();
  });
});
