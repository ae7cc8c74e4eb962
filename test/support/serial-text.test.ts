/** Cleaning of serial output, on what EDK2 and SeaBIOS send. */
import { expect, test } from 'vitest';
import { sampleLines, serialLines } from './serial-text.ts';

test('terminal codes go, cursor moves and CR LF end lines', () => {
  const edk2 =
    '\u001b[2J\u001b[01;01H\u001b[=3h\u001b[0m\u001b[35m\u001b[40mBdsDxe: loading\r\n\r\nosdkit-sample: done\n\r';
  expect(serialLines(edk2)).toEqual(['BdsDxe: loading', 'osdkit-sample: done']);
});

test('sample lines are cut out of other text, in order, with repeats', () => {
  const raw = 'boot\u001b[03;01Hosdkit-sample: a\r\nx osdkit-sample: b\r\nosdkit-sample: a\r\nend';
  expect(sampleLines(raw)).toEqual(['osdkit-sample: a', 'osdkit-sample: b', 'osdkit-sample: a']);
});
