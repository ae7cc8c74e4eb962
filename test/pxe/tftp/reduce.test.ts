/** The reducer event by event: each trap of the network facts (section 8) that the simulation does not name. */
import { describe, expect, test } from 'vitest';
import {
  defaultLimits,
  type Effect,
  readPacket,
  reduceTransfer,
  startTransfer,
  type Step,
  type TftpPacket,
  type TransferEvent,
} from '../../../pxe/tftp/index.ts';

const ack = (block: number, at: number, window: number | null = null): TransferEvent => ({
  kind: 'packet',
  packet: { kind: 'ack', block, window },
  at,
});
const error = (code: number, message = 'x'): TransferEvent => ({
  kind: 'packet',
  packet: { kind: 'error', code, message },
  at: 1,
});

interface Play {
  readonly step: Step;
  readonly effects: readonly (readonly Effect[])[];
}

function play(asked: Readonly<Record<string, string>>, size: number, events: readonly TransferEvent[], seed = 7): Play {
  const options = Object.entries(asked).map(([name, value]) => ({ name, value }));
  const request = { kind: 'read', name: 'a', mode: 'octet', options } as const;
  let step = startTransfer({ request, size, limits: defaultLimits, active: 1, seed, at: 0 });
  const effects = [step.effects];
  for (const event of events) {
    step = reduceTransfer(step.transfer, event);
    effects.push(step.effects);
  }
  return { step, effects };
}

const last = ({ effects }: Play): readonly Effect[] => effects.at(-1) ?? [];
const blocks = (first: number, count: number): Effect => ({ kind: 'blocks', first, count });
const packetOf = (effect: Effect | undefined): TftpPacket | null =>
  effect?.kind === 'packet' ? readPacket(effect.bytes) : null;

describe('the first packet', () => {
  test('is the OACK, or DATA 1 where nothing was granted', () => {
    expect(packetOf(last(play({ tsize: '0' }, 9, []))[0])).toEqual({
      kind: 'oack',
      options: [{ name: 'tsize', value: '9' }],
    });
    expect(last(play({}, 9, []))).toEqual([blocks(1, 1)]);
    expect(last(play({ unknown: '1' }, 9, []))).toEqual([blocks(1, 1)]);
  });
});

describe('a peer that does not answer', () => {
  test.each([{ tsize: '0' }, {}])('gets three packets with %j, more waiting each time, then the end', (asked) => {
    let step = play(asked, 5000, []).step;
    const sendings = [0];
    for (let at = 1; at < 20_000; at++) {
      const next = reduceTransfer(step.transfer, { kind: 'tick', at });
      if (next.effects.some(({ kind }) => kind !== 'end')) sendings.push(at);
      step = next;
    }
    expect(sendings.length).toBe(3);
    expect(sendings[1]).toBeGreaterThan(180);
    expect(sendings[2]).toBeLessThan(1000);
    expect(step.transfer.outcome).toBe('no-answer');
  });

  test('may still begin after its own time-out of 4 s', () => {
    const ticks = [400, 1200, 2500, 3900].map((at): TransferEvent => ({ kind: 'tick', at }));
    expect(last(play({ tsize: '0' }, 9, [...ticks, ack(0, 4001)]))).toEqual([blocks(1, 1)]);
  });

  test('gets the same packet for the same request, and no other transfer', () => {
    const { effects } = play({ tsize: '0' }, 9, [{ kind: 'request-again', at: 10 }]);
    expect(effects[1]).toEqual(effects[0]);
    expect(last(play({ tsize: '0' }, 9, [ack(0, 1), { kind: 'request-again', at: 10 }]))).toEqual([]);
  });

  test('is told nothing when we stop', () => {
    expect(last(play({ tsize: '0' }, 9, [{ kind: 'cancel', message: 'stop' }]))).toEqual([
      { kind: 'end', outcome: 'canceled', message: 'stop' },
    ]);
  });
});

describe('the size probe', () => {
  test.each([8, 0])('ends with ERROR %i, silently', (code) => {
    expect(last(play({ tsize: '0' }, 9, [error(code, 'User aborted the transfer')]))).toEqual([
      { kind: 'end', outcome: 'probed', message: `error ${code}: User aborted the transfer` },
    ]);
  });
  test('is none with another error, without tsize, or behind the first ACK', () => {
    expect(play({ tsize: '0' }, 9, [error(4)]).step.transfer.outcome).toBe('aborted');
    expect(play({ blksize: '512' }, 9, [error(8)]).step.transfer.outcome).toBe('aborted');
    expect(play({ tsize: '0' }, 9, [ack(0, 1), error(8)]).step.transfer.outcome).toBe('aborted');
    expect(play({}, 9, [error(0)]).step.transfer.outcome).toBe('aborted');
  });
});

describe('ACKs', () => {
  const windowed = { blksize: '512', windowsize: '4' };

  test('of all of a window bring the next, the last one the end', () => {
    const { effects } = play(windowed, 5 * 512, [ack(0, 1), ack(4, 2), ack(6, 3), ack(6, 4)]);
    expect(effects.slice(1)).toEqual([
      [blocks(1, 4)],
      [blocks(5, 2)],
      [{ kind: 'end', outcome: 'delivered', message: '' }],
      [],
    ]);
  });

  test('within a window go on behind it with a whole window', () => {
    expect(last(play(windowed, 50 * 512, [ack(0, 1), ack(2, 2)]))).toEqual([blocks(3, 4)]);
  });

  test.each([5, 6, 100, 65535])('of block %i of the future change nothing', (block) => {
    const { step, effects } = play(windowed, 50 * 512, [ack(0, 1), ack(block, 2)]);
    expect(effects.at(-1)).toEqual([]);
    expect(step.transfer.acknowledged).toBe(0);
    expect(step.transfer.counts.ignored).toBe(1);
  });

  test('of blocks before the OACK was acknowledged change nothing', () => {
    expect(last(play(windowed, 50 * 512, [ack(1, 1)]))).toEqual([]);
  });

  test('of the past change nothing', () => {
    expect(last(play(windowed, 50 * 512, [ack(0, 1), ack(4, 2), ack(3, 3)]))).toEqual([]);
  });

  test('that come again ask for the window, once in half a round trip', () => {
    const { effects, step } = play(windowed, 50 * 512, [
      ack(0, 4),
      ack(4, 8),
      ack(4, 9),
      ack(4, 9.9),
      ack(4, 11),
      ack(4, 11.5),
    ]);
    expect(effects.slice(3)).toEqual([[], [], [blocks(5, 4)], []]);
    expect(step.transfer.counts).toMatchObject({ gaps: 1, ignored: 3, repeated: 4 });
  });

  test('that come again in lock-step do nothing within two round trips', () => {
    const { effects } = play({ tsize: '0' }, 50 * 512, [ack(0, 8), ack(1, 16), ack(1, 31), ack(1, 33)]);
    expect(effects.slice(3)).toEqual([[], [blocks(2, 1)]]);
  });

  test('with a fifth byte say how large the next window is; 0 and what was not agreed do not count', () => {
    const variable = { ...windowed, msftwindow: '31416' };
    const { effects } = play(variable, 5000 * 512, [ack(0, 1, 4), ack(4, 2, 255), ack(259, 3, 0), ack(514, 4, 1)]);
    expect(effects.slice(1)).toEqual([[blocks(1, 4)], [blocks(5, 255)], [blocks(260, 255)], [blocks(515, 1)]]);
    expect(last(play(windowed, 50 * 512, [ack(0, 1, 9)]))).toEqual([blocks(1, 4)]);
  });
});

describe('time', () => {
  test('nothing is repeated before the deadline, the window at it, with twice the wait', () => {
    const before = play({ windowsize: '4' }, 50 * 512, [ack(0, 2)]).step.transfer;
    const wait = before.deadline - before.sentAt;
    expect(wait).toBeGreaterThanOrEqual(15);
    expect(wait).toBeLessThanOrEqual(25);
    expect(reduceTransfer(before, { kind: 'tick', at: before.deadline - 0.001 }).transfer).toBe(before);
    const after = reduceTransfer(before, { kind: 'tick', at: before.deadline });
    expect(after.effects).toEqual([blocks(1, 4)]);
    expect(after.transfer.deadline - after.transfer.sentAt).toBeGreaterThanOrEqual(30);
  });

  test('a client that goes away is given up after 30 s, told so, with a bounded number of packets', () => {
    let { transfer, effects } = play({ windowsize: '4' }, 50 * 512, [ack(0, 2)]).step;
    let sendings = 0;
    for (; transfer.outcome === null; sendings++) {
      ({ transfer, effects } = reduceTransfer(transfer, { kind: 'tick', at: transfer.deadline }));
    }
    expect(transfer.outcome).toBe('gave-up');
    expect(packetOf(effects[0])).toMatchObject({ kind: 'error', code: 0, message: 'no answer for 30 seconds' });
    expect(sendings).toBeLessThan(50);
    expect(transfer.counts.blocks).toBeLessThan(4 * 50);
  });

  test('an ACK after a repetition does not measure the round trip (Karn), one of new blocks does', () => {
    const started = play({ windowsize: '4' }, 50 * 512, [ack(0, 2)]).step.transfer;
    const repeated = reduceTransfer(started, { kind: 'tick', at: 100 }).transfer;
    const progressed = reduceTransfer(repeated, ack(4, 101)).transfer;
    expect(progressed.roundTrip.smoothed).toBe(2);
    expect(progressed.roundTrip.doubled).toBe(1);
    expect(reduceTransfer(progressed, ack(8, 103)).transfer.roundTrip).toMatchObject({ smoothed: 2, doubled: 0 });
  });

  test('two transfers do not repeat in step, the same one does', () => {
    const deadline = (seed: number) => play({ tsize: '0' }, 9, [], seed).step.transfer.deadline;
    const all = [1, 3, 1e9, 2 ** 32 - 1, 12_345].map(deadline);
    expect(new Set(all).size).toBe(5);
    for (const wait of all) expect(Math.abs(wait - 250)).toBeLessThanOrEqual(62.5);
    expect(deadline(5)).toBe(deadline(5));
  });
});

describe('the end', () => {
  const answered = [ack(0, 1)];
  test('without the last ACK is no delivery, and told from a client that is gone', () => {
    expect(play({ tsize: '0' }, 9, [...answered, { kind: 'unreachable' }]).step.transfer.outcome).toBe('unconfirmed');
    expect(play({ tsize: '0' }, 9000, [...answered, { kind: 'unreachable' }]).step.transfer.outcome).toBe(
      'unreachable',
    );
    expect(play({}, 9, [{ kind: 'unreachable' }]).step.transfer.outcome).toBe('unreachable');
  });
  test('by us is told to the client', () => {
    const effects = last(
      play({ tsize: '0' }, 9000, [...answered, { kind: 'cancel', message: 'boot.wim cannot be read' }]),
    );
    expect(packetOf(effects[0])).toEqual({ kind: 'error', code: 0, message: 'boot.wim cannot be read' });
    expect(effects[1]).toEqual({ kind: 'end', outcome: 'canceled', message: 'boot.wim cannot be read' });
  });
  test('is final', () => {
    const { transfer } = play({ tsize: '0' }, 9, [error(8)]).step;
    for (const event of [ack(0, 9), error(1), { kind: 'tick', at: 1e9 }, { kind: 'request-again', at: 9 }] as const) {
      expect(reduceTransfer(transfer, event)).toEqual({ transfer, effects: [] });
    }
  });
  test('does not come by packets that a client never sends', () => {
    for (const packet of [
      { kind: 'oack', options: [] },
      { kind: 'data', block: 1, payload: new Uint8Array() },
      { kind: 'write', name: 'a', mode: 'octet', options: [] },
    ] as const) {
      expect(last(play({ tsize: '0' }, 9, [{ kind: 'packet', packet, at: 1 }]))).toEqual([]);
    }
  });
});
