/** Which versions of boot images are in the middle of a boot. */
import { expect, test } from 'vitest';
import { BOOT_PAUSE, openBootsInWork } from '../../../../src/app/network-boot/serve-boots.ts';

test('a version is in work from its first file to the end of its image, for each computer by itself', () => {
  const boots = openBootsInWork();
  boots.used('aaaaaaaa', '525400000001', 0);
  boots.used('aaaaaaaa', '525400000002', 10);
  boots.used('bbbbbbbb', '525400000001', 20);
  boots.ended('aaaaaaaa', '525400000001');
  expect(boots.versions(30)).toEqual(new Set(['aaaaaaaa', 'bbbbbbbb']));
  boots.ended('aaaaaaaa', '525400000002');
  expect(boots.versions(30)).toEqual(new Set(['bbbbbbbb']));
});

test('a boot that asks for nothing is over after a while; made-up computers push out the oldest', () => {
  const boots = openBootsInWork();
  boots.used('aaaaaaaa', '1', 0);
  boots.used('bbbbbbbb', '2', 1000);
  boots.used('aaaaaaaa', '1', 2000);
  expect(boots.versions(BOOT_PAUSE + 1000)).toEqual(new Set(['aaaaaaaa']));
  expect(boots.versions(BOOT_PAUSE + 2000)).toEqual(new Set());
  boots.used('aaaaaaaa', '1', 3000);
  for (let i = 0; i < 5000; i++) boots.used('cccccccc', String(i), 4000);
  expect(boots.versions(4000)).toEqual(new Set(['cccccccc']));
});
