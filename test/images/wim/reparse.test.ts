/** Reparse data and tagged items: what is written reads back, nonsense is no link, cut-off lists end. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkTarget, reparseTag, symbolicLinkData } from '../../../images/wim/reparse.ts';
import { taggedItems } from '../../../images/wim/tagged-items.ts';

test.each([
  ['sub\\file', true],
  ['..\\up', true],
  ['\\etc\\passwd', true],
  ['C:\\Windows\\x', false],
])('a link to %s', (target, relative) => {
  expect(linkTarget(reparseTag.symbolicLink, symbolicLinkData(target))).toEqual({ target, relative });
});

test('the bytes of a relative link', () => {
  const hex = Buffer.from(symbolicLinkData('a')).toString('hex');
  expect(hex).toBe('0000020004000200010000006100000061000000');
});

test('a junction as mklink /J makes it', () => {
  const names = Buffer.from('\\??\\C:\\x\0C:\\x\0', 'utf16le');
  const data = Buffer.concat([Buffer.from([0, 0, 16, 0, 18, 0, 8, 0]), names]);
  expect(linkTarget(reparseTag.mountPoint, data)).toEqual({ target: 'C:\\x', relative: false });
});

test('any bytes give a target or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (data) => {
      for (const tag of [reparseTag.symbolicLink, reparseTag.mountPoint, 7]) {
        const found = linkTarget(tag, data);
        expect((found?.target.length ?? 0) * 2).toBeLessThanOrEqual(data.length);
      }
    }),
  );
});

test('tagged items, padded, unknown, and cut off', () => {
  const bytes = new Uint8Array([
    2, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0,
  ]);
  expect(taggedItems(bytes)).toEqual([
    { tag: 2, name: 'extended attributes', data: new Uint8Array([1, 2, 3]) },
    { tag: 9, name: undefined, data: new Uint8Array(0) },
  ]);
});
