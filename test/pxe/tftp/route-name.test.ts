/** Paths that clients ask for, and paths that want out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publishedName, routeName } from '../../../pxe/tftp/index.ts';
import { InputError } from '../../../src/core/index.ts';

describe('one name for', () => {
  test.each([
    ['\\Boot\\BCD', 'boot/bcd'],
    ['/boot//BCD', 'boot/bcd'],
    ['boot/./bcd', 'boot/bcd'],
    ['\\Boot/x64/bootmgfw.efi', 'boot/x64/bootmgfw.efi'],
    ['\\en-US\\Boot/x64/bootmgfw.efi.MUI', 'en-us/boot/x64/bootmgfw.efi.mui'],
    ['///a', 'a'],
    ['a..b/...c', 'a..b/...c'],
    ['Bu\u0308ro.wim', 'b\u00fcro.wim'],
    ['\u00dcBER', '\u00fcber'],
    ['\u0130', 'i\u0307'],
    ['a b%20.wim', 'a b%20.wim'],
  ])('%j', (path, name) => {
    expect(routeName(path)).toEqual({ kind: 'name', name });
  });
});

describe('refused', () => {
  test.each([
    ['..', '..'],
    ['../etc/passwd', '..'],
    ['\\..\\..\\windows\\win.ini', '..'],
    ['boot/..\\..', '..'],
    ['a/../b', '..'],
    ['C:\\boot', 'a colon'],
    ['file:stream', 'a colon'],
    ['a\x01b', 'a control character'],
    ['a\nb', 'a control character'],
    ['a\x7fb', 'a control character'],
    ['a\u0085b', 'a control character'],
    ['a\uFFFDb', 'not UTF-8'],
    ['', 'without a name'],
    ['\\/./', 'without a name'],
    ['a'.repeat(256), '255 bytes'],
    ['\u00fc'.repeat(128), '255 bytes'],
    ['a/'.repeat(17), '16 parts'],
  ])('%j', (path, reason) => {
    const route = routeName(path);
    expect(route.kind === 'refused' && route.reason).toContain(reason);
    expect(() => publishedName(path)).toThrow(InputError);
  });
});

test('a name is its own name, whatever was asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (path) => {
      const route = routeName(path);
      if (route.kind === 'refused') return;
      expect(route.name).not.toMatch(/^\/|\/\/|\\|(^|\/)\.\.?(\/|$)/);
      if (Buffer.byteLength(route.name) <= 255) expect(routeName(route.name)).toEqual(route);
      expect(routeName(`\\${path}`)).toEqual(Buffer.byteLength(path) < 255 ? route : routeName(`\\${path}`));
    }),
    { numRuns: 2000, seed: 6 },
  );
});

test('what is published under a name is found under it', () => {
  expect(publishedName('Boot\\x64\\BootMgFW.efi')).toBe('boot/x64/bootmgfw.efi');
});
