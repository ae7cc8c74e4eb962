/** Options: what real clients ask for, what is bad, what is never granted. */
import { describe, expect, test } from 'vitest';
import { checkLimits, defaultLimits, negotiate, type TransferLimits } from '../../../pxe/tftp/index.ts';

/** `tsize 0 blksize 1468` as a list. */
const options = (text: string) =>
  text === '' ? [] : [...text.matchAll(/(\S+) (\S+)/g)].map(([, name = '', value = '']) => ({ name, value }));

function granted(asked: string, limits: Partial<TransferLimits> = {}, active = 1): string {
  const agreement = negotiate(options(asked), 7680, { ...defaultLimits, ...limits }, active);
  return agreement.granted.map(({ name, value }) => `${name} ${value}`).join(' ');
}

describe('granted', () => {
  test.each([
    ['EDK2', 'tsize 0 blksize 1468 windowsize 4', 'tsize 7680 blksize 1468 windowsize 4'],
    ['iPXE', 'blksize 1432 tsize 0', 'blksize 1432 tsize 7680'],
    ['the boot manager', 'tsize 0 blksize 1456', 'tsize 7680 blksize 1456'],
    [
      'the boot manager with a variable window',
      'tsize 0 blksize 1456 windowsize 4 msftwindow 31416',
      'tsize 7680 blksize 1456 windowsize 4 msftwindow 27182',
    ],
    ['names in any case, echoed as sent', 'TSize 0 BLKSIZE 512', 'TSize 7680 BLKSIZE 512'],
    ['a timeout as asked', 'timeout 255 tsize 0', 'timeout 255 tsize 7680'],
    ['rollover of tftp-hpa', 'rollover 1', 'rollover 1'],
    ['the first of two', 'blksize 600 blksize 700', 'blksize 600'],
    ['blocks that fit into a packet', 'blksize 4096 windowsize 16', 'blksize 1468 windowsize 16'],
    ['windows up to the cap', 'windowsize 65535', 'windowsize 64'],
    ['the limits of blksize', 'blksize 8', 'blksize 8'],
  ])('%s', (_, asked, expected) => {
    expect(granted(asked)).toBe(expected);
  });

  test.each([
    'blksize -5',
    'blksize 999999',
    'blksize 65465',
    'blksize 7',
    'blksize 1468.0',
    'blksize 0x200',
    'windowsize 0',
    'windowsize 65536',
    'timeout 0',
    'timeout 256',
    'tsize x',
    'rollover 2',
    'msftwindow 31416',
    'windowsize 0 msftwindow 31416',
    'multicast 1',
    'blksize 7 blksize 512',
    '',
  ])('nothing for %j', (asked) => {
    const agreement = negotiate(options(asked), 7680, defaultLimits);
    expect(agreement.granted).toEqual([]);
    expect(agreement).toMatchObject({
      blockSize: 512,
      window: 1,
      variableWindow: false,
      rollover: 0,
      sizeAsked: false,
    });
  });

  test('a wrong msftwindow leaves the window', () => {
    expect(granted('windowsize 4 msftwindow 1')).toBe('windowsize 4');
    expect(granted('windowsize 4 msftwindow 31416', { variableWindow: false })).toBe('windowsize 4');
  });
});

describe('limits', () => {
  test('large blocks where fragments are allowed, or the network carries them', () => {
    expect(granted('blksize 4096', { fragments: true })).toBe('blksize 4096');
    expect(granted('blksize 65464', { fragments: true })).toBe('blksize 65464');
    expect(granted('blksize 65464', { mtu: 9000 })).toBe('blksize 8968');
    expect(granted('blksize 4096', { fragments: true, maxBlockSize: 1024 })).toBe('blksize 1024');
  });
  test('no windowsize at all where windows are off', () => {
    expect(granted('windowsize 4', { maxWindow: 1 })).toBe('');
  });
  test('the share of the queues: 5 blocks for each of 32 clients in 256 KB, never below 4', () => {
    const asked = 'blksize 1456 windowsize 64';
    expect(granted(asked, { queueBudget: 256 * 1024 }, 32)).toBe('blksize 1456 windowsize 5');
    expect(granted(asked, { queueBudget: 256 * 1024 }, 500)).toBe('blksize 1456 windowsize 4');
    expect(granted(asked, {}, 32)).toBe('blksize 1456 windowsize 64');
    expect(granted('windowsize 2', { queueBudget: 1 }, 500)).toBe('windowsize 2');
  });
  test('values out of range are named with their range', () => {
    expect(() => checkLimits(defaultLimits)).not.toThrow();
    expect(() => checkLimits({ ...defaultLimits, maxWindow: 0 })).toThrow(
      'tftp.maxWindow is 0, expected a whole number from 1 to 32767',
    );
    expect(() => checkLimits({ ...defaultLimits, mtu: 575 })).toThrow('from 576 to 65535');
    expect(() => checkLimits({ ...defaultLimits, maxBlockSize: 7 })).toThrow('from 8 to 65464');
    expect(() => checkLimits({ ...defaultLimits, queueBudget: 1.5 })).toThrow('tftp.queueBudget is 1.5');
  });
});
