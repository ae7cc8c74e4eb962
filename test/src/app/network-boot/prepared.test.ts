/** Boot images made ready in a folder: once a version, again when damaged, whole or not at all. */
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource, openFile } from '../../../../images/bytes/index.ts';
import { openMedium } from '../../../../media/inspect/index.ts';
import { preparedDocument } from '../../../../media/network/index.ts';
import { networkKeys, offeredImages, siteNetworkSpec } from '../../../../src/app/network-boot/prepared-site.ts';
import { preparedPlace, prepareImage } from '../../../../src/app/network-boot/prepared-image.ts';
import { removeUnused } from '../../../../src/app/network-boot/prepared-unused.ts';
import { openWholeSite } from '../../../../src/app/open-site.ts';
import { operationContext } from '../../../../src/core/index.ts';
import { readBootstrap } from '../../../../src/protocol/index.ts';
import { codeOf } from '../../../media/boot-image/winpe-image.ts';
import { sampleWim, specOf } from '../../../media/network/preparing.ts';
import { scratch } from '../../../support/scratch.ts';
import { networkSite } from './network-site.ts';

const context = operationContext();

describe('prepareImage', () => {
  it('makes a version once', async () => {
    const place = scratch();
    const spec = await specOf(await sampleWim('x64'));
    const first = await prepareImage(place, spec, context);
    const inode = statSync(join(first.folder, 'boot.iso')).ino;
    const second = await prepareImage(place, spec, context);
    expect([first.made, second.made]).toEqual([true, false]);
    expect(second).toEqual({ ...first, made: false });
    expect(statSync(join(first.folder, 'boot.iso')).ino).toBe(inode);
    expect(readdirSync(place)).toEqual([first.prepared.key]);
  });

  it.each([
    ['a file is missing', (folder: string) => rmSync(join(folder, 'bootmgr.exe'))],
    ['a file is shorter', (folder: string) => truncateSync(join(folder, 'boot.iso'), 100_000)],
    ['the document is damaged', (folder: string) => writeFileSync(join(folder, preparedDocument), '{"osdkit":1')],
    ['the document is missing', (folder: string) => rmSync(join(folder, preparedDocument))],
  ])('makes it again when %s', async (_what, damage) => {
    const place = scratch();
    const spec = await specOf(await sampleWim('x64'));
    const { folder, prepared } = await prepareImage(place, spec, context);
    const whole = readFileSync(join(folder, preparedDocument));
    damage(folder);
    const again = await prepareImage(place, spec, context);
    expect(again).toEqual({ folder, prepared, made: true });
    expect(readFileSync(join(folder, preparedDocument))).toEqual(whole);
    expect((await prepareImage(place, spec, context)).made).toBe(false);
  });

  it('with verify finds a byte that was changed; without it trusts sizes', async () => {
    const place = scratch();
    const spec = await specOf(await sampleWim('x64'));
    const { folder, prepared } = await prepareImage(place, spec, context);
    expect((await prepareImage(place, spec, context, { verify: true })).made).toBe(false);
    const wim = prepared.roles['boot.wim'];
    const iso = openSync(join(folder, 'boot.iso'), 'r+');
    writeSync(iso, Uint8Array.of(1, 2, 3), 0, 3, (wim?.offset ?? 0) + 100_000);
    closeSync(iso);
    expect((await prepareImage(place, spec, context)).made).toBe(false);
    expect((await prepareImage(place, spec, context, { verify: true })).made).toBe(true);
    expect((await prepareImage(place, spec, context, { verify: true })).made).toBe(false);
  });

  it('two at once leave one whole folder and nothing else', async () => {
    const place = scratch();
    const spec = await specOf(await sampleWim('x64'));
    const both = await Promise.all([prepareImage(place, spec, context), prepareImage(place, spec, context)]);
    expect(both[0].prepared).toEqual(both[1].prepared);
    expect(readdirSync(place)).toEqual([both[0].prepared.key]);
    expect((await prepareImage(place, spec, context)).made).toBe(false);
  });

  it('an image that is not what its digest says is refused, and leaves nothing', async () => {
    const place = scratch();
    const spec = { ...(await specOf(await sampleWim('x64'))), sha256: '0'.repeat(64) };
    expect(await codeOf(prepareImage(place, spec, context))).toBe('NETWORK_BOOT_CONTENT');
    expect(readdirSync(place)).toEqual([]);
  });

  it('what is no boot image, or a run that is canceled, leaves nothing', async () => {
    const place = scratch();
    const spec = { ...(await specOf(await sampleWim('x64'))), bootImage: memorySource(new Uint8Array(5000)) };
    expect(await codeOf(prepareImage(place, spec, context))).toMatch(/^WIM_/);
    const stopped = operationContext({ signal: AbortSignal.abort() });
    expect(await codeOf(prepareImage(place, await specOf(await sampleWim('x64')), stopped))).toBe('CORE_CANCELED');
    expect(readdirSync(place)).toEqual([]);
  });

  it('a file where its folder should be is told', async () => {
    const place = scratch();
    mkdirSync(join(place, 'x'));
    writeFileSync(join(place, 'x', 'file'), '');
    expect(await codeOf(prepareImage(join(place, 'x', 'file'), await specOf(await sampleWim('x64')), context))).toMatch(
      /^CORE_/,
    );
  });
});

describe('a boot image of a site', () => {
  it('has the bootstrap of its site and point inside, without a policy or a secret', async () => {
    const site = await networkSite({ pxe: '  unknownComputers: true\n', size: 200_000 });
    site.put('distribution-points/a0.yaml', 'name: A0\nurl: http://10.0.0.9/\n');
    site.put(
      'distribution-points/dp1.yaml',
      'name: DP1\nurl: http://10.0.0.1/\npxe:\n  enabled: true\n  unknownComputers: true\n',
    );
    const opened = await openWholeSite(site.folder, context);
    const [image] = offeredImages(opened.site);
    const point = opened.site.find('distributionPoint', 'DP1');
    if (!image) throw new Error('no image is offered');
    const spec = await siteNetworkSpec(opened, image, point, '1.2.3', context);
    const { folder } = await prepareImage(preparedPlace(site.folder), spec, context);
    expect(folder.startsWith(join(site.folder, 'state', 'network-boot'))).toBe(true);
    await using file = await openFile(join(folder, 'boot.iso'));
    const medium = await openMedium(file);
    expect(medium.policyBytes).toBeUndefined();
    expect(medium.bootWim.policy).toBeUndefined();
    expect(medium.bootWim.bootstrap).toEqual(medium.bootstrapBytes);
    const bootstrap = readBootstrap(medium.bootstrapBytes ?? new Uint8Array());
    expect(bootstrap).toMatchObject({
      site: { code: 'ABC', name: 'Test', signing: expect.any(String) },
      // The point that serves comes first, whatever the order of names.
      servers: [
        { name: 'DP1', url: 'http://10.0.0.1/' },
        { name: 'A0', url: 'http://10.0.0.9/' },
      ],
      bootImage: { id: 'ABC00001', name: 'pe-x64' },
      unknownComputers: true,
      unattended: false,
      variables: {},
    });
  });

  it('is not offered with pxe: false or without content', async () => {
    const site = await networkSite({ size: 200_000 });
    site.put('boot-images/a.yaml', 'id: ABC00002\nname: a\narchitecture: x64\n');
    site.put(
      'boot-images/b.yaml',
      `id: ABC00003\nname: b\narchitecture: x64\npxe: false\ncontent: { sha256: ${'a'.repeat(64)}, size: 1 }\n`,
    );
    const { site: loaded } = await openWholeSite(site.folder, context);
    expect(offeredImages(loaded).map(({ name }) => name)).toEqual(['pe-x64']);
  });
});

describe('versions that nobody serves any more', () => {
  it('are removed, and what a power cut left; those of every point of the site stay', async () => {
    const site = await networkSite({ size: 200_000 });
    const place = preparedPlace(site.folder);
    const prepareAll = async (): Promise<string[]> => {
      const opened = await openWholeSite(site.folder, context);
      const keys: string[] = [];
      for (const point of opened.site.all('distributionPoint')) {
        const [image] = offeredImages(opened.site);
        if (!image) throw new Error('no image is offered');
        const spec = await siteNetworkSpec(opened, image, point, '1.2.3', context);
        keys.push((await prepareImage(place, spec, context)).prepared.key);
      }
      expect(networkKeys(opened.site)).toEqual(new Set(keys));
      return keys;
    };
    const [before = ''] = await prepareAll();
    site.put('distribution-points/dp2.yaml', 'name: DP2\npxe:\n  enabled: true\n  unknownComputers: true\n');
    await site.replaceImage(300_000);
    const keys = await prepareAll();
    expect(new Set([before, ...keys]).size).toBe(3);
    mkdirSync(join(place, '.osdkit-01234567.partial'));
    mkdirSync(join(place, '.osdkit-89abcdef.partial'));
    utimesSync(join(place, '.osdkit-01234567.partial'), 1000, 1000);
    mkdirSync(join(place, 'somebody-elses'));
    const { site: loaded } = await openWholeSite(site.folder, context);
    const removed = await removeUnused(place, networkKeys(loaded), Date.now());
    expect(new Set(removed)).toEqual(new Set([before, '.osdkit-01234567.partial']));
    expect(new Set(readdirSync(place))).toEqual(new Set([...keys, '.osdkit-89abcdef.partial', 'somebody-elses']));
    expect(await removeUnused(place, networkKeys(loaded), Date.now())).toEqual([]);
  });

  it('of a site that was never served there are none', async () => {
    expect(await removeUnused(join(scratch(), 'state', 'network-boot'), new Set(), Date.now())).toEqual([]);
  });
});
