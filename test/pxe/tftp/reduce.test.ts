/** The reducer event by event: each trap of the network facts (section 8) that the simulation does not name. */
import { describe, expect, test } from 'vitest';
import { reduceTransfer, type TransferEvent } from '../../../pxe/tftp/index.ts';
import { ack, blocks, error, last, packetOf, play } from './play.ts';

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

  test('is waited for as long behind a repeated request', () => {
    const events = [400, 1200, 2500].map((at): TransferEvent => ({ kind: 'tick', at }));
    const again = play({ tsize: '0' }, 9, [...events, { kind: 'request-again', at: 4000 }, { kind: 'tick', at: 6000 }]);
    expect(again.step.transfer.outcome).toBeNull();
    expect(again.step.transfer.deadline).toBe(9000);
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

  test('of the end of a window count, though it was begun again with a smaller one', () => {
    const variable = { ...windowed, msftwindow: '31416' };
    const { effects } = play(variable, 5000 * 512, [ack(0, 1, 9), ack(0, 9, 2), ack(9, 10, 2)]);
    expect(effects.slice(1)).toEqual([[blocks(1, 9)], [blocks(1, 2)], [blocks(10, 2)]]);
  });
});
