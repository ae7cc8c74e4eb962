/** Lines of the log: JSON that parses, CMTrace's columns, plain words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ServeEvent } from '../../../../src/app/network-boot/live-event.ts';
import { cmtraceLine, jsonLine, plainLine } from '../../../../src/app/network-boot/log-lines.ts';
import { recordOf } from '../../../../src/app/network-boot/log-record.ts';
import { asked, transfer } from './serve-events.ts';

const at = Date.UTC(2026, 10, 21, 21, 4, 5, 67);
const record = (event: ServeEvent, boot: string | null = 'run-1') => recordOf({ at, event, boot });

const finished = transfer({
  phase: 'finished',
  outcome: 'delivered',
  bytes: 400_000_000,
  size: 400_000_000,
  seconds: 4,
  detail: { window: 16, blockSize: 1456, repeated: 3 },
});

describe('a finished transfer', () => {
  test('is one JSON line with everything that is asked for', () => {
    expect(JSON.parse(jsonLine(record(finished)))).toEqual({
      time: '2026-11-21T21:04:05.067Z',
      level: 'info',
      event: 'finished',
      message:
        '52:54:00:12:34:56 at 10.0.0.7 boot.wim by tftp: delivered, 400000000 of 400000000 bytes in 4.00 s, 100 MB/s',
      boot: 'run-1',
      ip: '10.0.0.7',
      mac: '52:54:00:12:34:56',
      protocol: 'tftp',
      file: 'b/3f2a91cc/525400123456/boot.wim',
      class: 'bootImage',
      bytes: 400_000_000,
      size: 400_000_000,
      seconds: 4,
      mbPerSecond: 100,
      outcome: 'delivered',
      window: 16,
      blockSize: 1456,
      repeated: 3,
    });
  });

  test('is one line that CMTrace reads', () => {
    const line = cmtraceLine(record(finished));
    const parts =
      /^<!\[LOG\[(.*)\]LOG\]!><time="(\d\d:\d\d:\d\d\.\d{3}[+-]\d{3})" date="(\d\d-\d\d-\d{4})" component="osdkit" context="run-1" type="([123])" thread="1" file="finished:1">$/.exec(
        line,
      );
    expect(parts?.slice(2)).toEqual(['21:04:05.067+000', '11-21-2026', '1']);
    expect(parts?.[1]).toContain('window=16 blockSize=1456 repeated=3');
  });
});

test('what went wrong is a warning, in yellow; the probe of EDK2 is not', () => {
  expect(record(transfer({ phase: 'finished', outcome: 'timeout' })).level).toBe('warning');
  expect(record(transfer({ phase: 'finished', outcome: 'probed' })).level).toBe('info');
  expect(cmtraceLine(record({ kind: 'rival', address: '10.0.0.1', text: 'offers pxelinux.0' }))).toContain('type="2"');
  expect(cmtraceLine(record({ kind: 'notice', level: 'error', code: 'X', text: 'x' }))).toContain('type="3"');
});

test('a plain line is time and sentence', () => {
  const event = asked({ answered: false, reason: 'nothingDeployed', text: 'nothing is deployed' });
  expect(plainLine(record(event))).toBe(
    '21:04:05 52:54:00:12:34:56 (x64) discover: nothingDeployed: nothing is deployed',
  );
});

test('whatever a client sends: one line, no control character, JSON that parses to what was sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (file, reason) => {
      const event: ServeEvent = { kind: 'refused', client: null, address: '10.0.0.7', protocol: 'tftp', file, reason };
      const lines = [jsonLine, cmtraceLine, plainLine].map((form) => form(record(event, null)));
      for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
      expect((JSON.parse(lines[0] ?? '') as { file: string }).file).toBe(file);
      expect((lines[1] ?? '').split(']LOG]!>')).toHaveLength(2);
    }),
  );
});
