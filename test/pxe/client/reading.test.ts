/** The reader of files by TFTP: what ends it, windows, block numbers beyond 65535; and against the server's reducer over sockets. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { driveRead, type ReadRequest, udpWire } from '../../../pxe/client/index.ts';
import { newReading, read, type ReadState, type ReadStep } from '../../../pxe/client/reading.ts';
import type { TftpOption, TftpPacket } from '../../../pxe/tftp/index.ts';
import { loopback } from '../tftp/loopback.ts';

const options = (...pairs: [string, number][]): TftpOption[] =>
  pairs.map(([name, value]) => ({ name, value: String(value) }));
const ask = (more: Partial<ReadRequest> = {}): ReadRequest => ({
  name: 'a',
  options: options(['blksize', 1468], ['windowsize', 4], ['tsize', 0]),
  style: 'rfc',
  probe: false,
  limit: 1e9,
  scale: 1,
  ...more,
});
const at = 5;
const started = (request: ReadRequest): ReadState => read(newReading, { kind: 'start', at: 0 }, request).state;
const give = (state: ReadState, packet: TftpPacket, request: ReadRequest): ReadStep =>
  read(state, { kind: 'packet', packet, at }, request);
const oack = (...pairs: [string, number][]): TftpPacket => ({ kind: 'oack', options: options(...pairs) });
const data = (block: number, length: number): TftpPacket => ({ kind: 'data', block, payload: new Uint8Array(length) });
const kinds = (step: ReadStep): string[] => step.effects.map(({ kind }) => kind);
const sent = (step: ReadStep): number[][] =>
  step.effects.flatMap((effect) => (effect.kind === 'send' ? [[...effect.bytes.subarray(0, 5)]] : []));
const outcome = (step: ReadStep): unknown => step.effects.find((effect) => effect.kind === 'end')?.outcome;

describe('what ends a read', () => {
  it('a size probe ends as its client ends it: EDK2 by error 8, boot managers by error 0', () => {
    for (const [style, code] of [
      ['edk2', 8],
      ['bootManager', 0],
    ] as const) {
      const request = ask({ style, probe: true });
      const step = give(started(request), oack(['tsize', 77]), request);
      expect(sent(step)[0]?.slice(0, 4)).toEqual([0, 5, 0, code]);
      expect(outcome(step)).toEqual({ kind: 'probed', size: 77 });
    }
  });
  it('a probe without tsize in the answer loads nothing: boot-standards 3.2', () => {
    const request = ask({ probe: true });
    expect(outcome(give(started(request), oack(['blksize', 1468]), request))).toMatchObject({ kind: 'broken' });
    expect(outcome(give(started(request), data(1, 512), request))).toMatchObject({ kind: 'broken' });
  });
  it('an option that was not asked for, or more of it, is refused by error 4', () => {
    const request = ask({ options: options(['blksize', 1000]) });
    for (const answer of [oack(['windowsize', 2]), oack(['blksize', 1001]), oack(['blksize', 0])]) {
      const step = give(started(request), answer, request);
      expect(sent(step)[0]?.slice(0, 4)).toEqual([0, 5, 0, 4]);
      expect(outcome(step)).toMatchObject({ kind: 'broken' });
    }
  });
  it('more than the limit is not taken, by tsize or by what comes', () => {
    const request = ask({ limit: 1000 });
    expect(outcome(give(started(request), oack(['tsize', 1001], ['blksize', 1468]), request))).toMatchObject({
      kind: 'broken',
    });
    const { state } = give(started(request), data(1, 512), request);
    expect(outcome(give(state, data(2, 512), request))).toMatchObject({ kind: 'broken' });
  });
  it('a file that is shorter than announced is broken', () => {
    const request = ask();
    const { state } = give(started(request), oack(['tsize', 100], ['blksize', 1468]), request);
    expect(outcome(give(state, data(1, 99), request))).toMatchObject({ kind: 'broken' });
  });
  it('silence ends it after the tries of the style', () => {
    const request = ask();
    let state = started(request);
    let requests = 1;
    for (let tick = 1; !state.done; tick++) {
      const step = read(state, { kind: 'tick', at: tick * 1000 }, request);
      requests += kinds(step).filter((kind) => kind === 'request').length;
      ({ state } = step);
    }
    expect(requests).toBe(10);
  });
});

describe('windows', () => {
  const begin = (style: ReadRequest['style']): { request: ReadRequest; state: ReadState } => {
    const request = ask({ style });
    return { request, state: give(started(request), oack(['windowsize', 4], ['blksize', 512]), request).state };
  };
  it('one ACK for a window; a gap is told at once, except by boot managers', () => {
    for (const [style, acks] of [
      ['rfc', [[0, 4, 0, 1]]],
      [
        'edk2',
        [
          [0, 4, 0, 1],
          [0, 4, 0, 1],
        ],
      ],
      ['bootManager', []],
    ] as const) {
      let { request, state } = begin(style);
      const found: number[][] = [];
      for (const block of [1, 3, 4]) {
        const step = give(state, data(block, 512), request);
        ({ state } = step);
        found.push(...sent(step));
      }
      expect(found, style).toEqual(acks);
      ({ request } = begin(style));
    }
  });
  it('the end of a window that comes again is acknowledged again', () => {
    const { request, state } = begin('bootManager');
    let now = state;
    for (const block of [1, 2, 3, 4]) now = give(now, data(block, 512), request).state;
    expect(sent(give(now, data(4, 512), request))).toEqual([[0, 4, 0, 4]]);
  });
  it('msftwindow: ACKs of five bytes with a window that grows', () => {
    const request = ask({ style: 'bootManager', options: options(['windowsize', 4], ['msftwindow', 31416]) });
    const step = give(started(request), oack(['windowsize', 4], ['msftwindow', 27182]), request);
    expect(sent(step)).toEqual([[0, 4, 0, 0, 5]]);
  });
});

describe('against the reducer of the server, over sockets', () => {
  const random = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 2654435761) >>> 24);
  const files = new Map([
    ['empty', new Uint8Array(0)],
    ['one', random(1)],
    ['whole', random(1456 * 3)],
    ['large', random(300_001)],
    // 70,000 blocks of 8 bytes: block numbers begin again.
    ['wraps', random(560_003)],
  ]);
  it.each([
    ['rom', ['blksize', 1432], 0],
    ['edk2', ['blksize', 1468], 0],
    ['bootManager', ['blksize', 1456], 0],
    ['rfc', ['blksize', 512], 0],
    ['rfc', ['blksize', 1024], 23],
    ['bootManager', ['blksize', 1456], 31],
  ] as const)('%s, %s: every file equal; every nth packet lost: %i', async (style, [name, size], loseEvery) => {
    const server = await loopback(files, loseEvery);
    try {
      for (const [file, content] of files) {
        const block = file === 'wraps' ? 8 : size;
        if (file === 'wraps' && loseEvery > 0) continue;
        const hash = createHash('sha256');
        const found = await driveRead({
          wire: udpWire,
          server: { address: '127.0.0.1', port: server.port },
          address: '127.0.0.1',
          request: ask({
            name: file,
            style,
            options: options([name, block], ['windowsize', file === 'wraps' ? 64 : 8]),
            scale: 0.1,
          }),
          data: (payload) => hash.update(payload),
        });
        expect(found, file).toEqual({ kind: 'complete', size: content.length });
        expect(hash.digest('hex'), file).toBe(createHash('sha256').update(content).digest('hex'));
      }
    } finally {
      server.close();
    }
  });
  it('a missing file is refused with code 1', async () => {
    const server = await loopback(files);
    const found = await driveRead({
      wire: udpWire,
      server: { address: '127.0.0.1', port: server.port },
      address: '127.0.0.1',
      request: ask(),
      data: () => {},
    });
    server.close();
    expect(found).toMatchObject({ kind: 'refused', code: 1 });
  });
});
