/** Names, clients, the sticky folder, and tables that are replaced. */
import { describe, expect, test } from 'vitest';
import {
  findRoute,
  indexRoutes,
  openSticky,
  openVersions,
  releasedByAll,
  type Route,
} from '../../../pxe/content/index.ts';
import { memoryFile, someBytes } from './served.ts';

const file = memoryFile(someBytes(10));
const GUID = `g${'0123456789abcdef'.repeat(2)}`;
const MAC = '525400123456';
const routes: Route[] = [
  { name: 'b/3f2a91cc/*/boot.wim', content: file },
  { name: 'b/3f2a91cc/*/boot/bcd', content: 'made' },
  { name: 'ipxe.efi', content: file },
];
const index = indexRoutes({ version: 1, routes });

describe('findRoute', () => {
  test.each([
    ['ipxe.efi', null, 'ipxe.efi', null, null],
    [`b/3f2a91cc/${MAC}/boot.wim`, null, 'b/3f2a91cc/*/boot.wim', MAC, `b/3f2a91cc/${MAC}/`],
    [`b/3f2a91cc/${GUID}/boot/bcd`, null, 'b/3f2a91cc/*/boot/bcd', GUID, `b/3f2a91cc/${GUID}/`],
    ['boot/bcd', `b/3f2a91cc/${MAC}/`, 'b/3f2a91cc/*/boot/bcd', MAC, `b/3f2a91cc/${MAC}/`],
    ['ipxe.efi', `b/3f2a91cc/${MAC}/`, 'ipxe.efi', null, null],
  ])('%s under %s', (name, sticky, route, client, folder) => {
    expect(findRoute(index, name, sticky)).toMatchObject({ name: route, client, folder });
  });

  test.each([
    ['boot/bcd', null],
    ['b/3f2a91cc/*/boot.wim', null],
    ['b/3f2a91cc/52540012345/boot.wim', null],
    ['b/3f2a91cc/g123/boot.wim', null],
    ['b/00000000/525400123456/boot.wim', null],
    ['b/3f2a91cc/525400123456', null],
    ['other', 'b/3f2a91cc/525400123456/'],
    ['__proto__', null],
    ['', null],
  ])('nothing is %j under %s', (name, sticky) => {
    expect(findRoute(index, name, sticky)).toBeNull();
  });
});

describe('the sticky folder', () => {
  test('is the last one, for half an hour', () => {
    const sticky = openSticky();
    expect(sticky.of('10.0.0.1', 0)).toBeNull();
    sticky.note('10.0.0.1', 'b/1/525400123456/', 0);
    sticky.note('10.0.0.1', 'b/2/525400123456/', 1000);
    expect(sticky.of('10.0.0.1', 1000 + 30 * 60_000)).toBe('b/2/525400123456/');
    expect(sticky.of('10.0.0.1', 1001 + 30 * 60_000)).toBeNull();
    expect(sticky.of('10.0.0.2', 1000)).toBeNull();
  });

  test('is kept for 4096 addresses', () => {
    const sticky = openSticky();
    for (let host = 0; host < 5000; host++) sticky.note(`host ${host}`, 'f/', 0);
    expect(sticky.of('host 903', 0)).toBeNull();
    expect(sticky.of('host 904', 0)).toBe('f/');
  });
});

describe('tables', () => {
  test('are released when no transfer holds them or older ones', () => {
    const released: number[] = [];
    const versions = openVersions({ version: 1, routes }, (version) => released.push(version));
    const first = versions.hold();
    versions.publish({ version: 2, routes: [] });
    const second = versions.hold();
    versions.publish({ version: 3, routes: [] });
    expect(findRoute(first.index, 'ipxe.efi', null)).not.toBeNull();
    expect(findRoute(second.index, 'ipxe.efi', null)).toBeNull();
    second.release();
    expect(released).toEqual([]);
    first.release();
    first.release();
    expect(released).toEqual([2]);
    versions.publish({ version: 4, routes });
    expect(released).toEqual([2, 3]);
    expect(versions.current.version).toBe(4);
  });

  test('of several threads are released when all say so', () => {
    const released: number[] = [];
    const all = releasedByAll(3, (version) => released.push(version));
    all.by(0, 4);
    all.by(1, 2);
    expect(released).toEqual([]);
    all.by(2, 3);
    expect(released).toEqual([2]);
    all.ended(1);
    expect(released).toEqual([2, 3]);
  });
});
