/** The reducer when time passes, and how a transfer ends. */
import { describe, expect, test } from 'vitest';
import { reduceTransfer } from '../../../pxe/tftp/index.ts';
import { ack, blocks, error, last, packetOf, play } from './play.ts';

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

  test('the TFTP of a network card may pause between blocks: iPXE ends the transfer when one comes twice', () => {
    const wait = (options: Record<string, string>) => {
      const { transfer } = play(options, 50 * 1456, [ack(0, 2), ack(1, 3), ack(2, 4)]).step;
      return transfer.deadline - transfer.sentAt;
    };
    expect(wait({ blksize: '512', tsize: '0' })).toBeGreaterThanOrEqual(375);
    expect(wait({})).toBeGreaterThanOrEqual(375);
    for (const options of [{ blksize: '1456' }, { windowsize: '2' }]) expect(wait(options)).toBeLessThanOrEqual(25);
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
    const progressed = reduceTransfer(repeated, ack(4, 100.9)).transfer;
    expect(progressed.roundTrip.smoothed).toBe(2);
    expect(progressed.roundTrip.doubled).toBe(1);
    expect(reduceTransfer(progressed, ack(8, 102.9)).transfer.roundTrip).toMatchObject({ smoothed: 2, doubled: 0 });
  });

  test('an ACK a round trip after a repetition ends the doubling, one that is sooner or later does not', () => {
    const started = play({ windowsize: '4' }, 50 * 512, [ack(0, 2)]).step.transfer;
    const repeated = reduceTransfer(started, { kind: 'tick', at: 100 }).transfer;
    const doubledAt = (at: number) => reduceTransfer(repeated, ack(4, at)).transfer.roundTrip.doubled;
    expect([100.9, 101, 102, 106, 106.1].map(doubledAt)).toEqual([1, 0, 0, 0, 1]);
  });

  test('an ACK of a repeated OACK does not measure the round trip either', () => {
    const roundTrip = (events: Parameters<typeof play>[2]) => play({ tsize: '0' }, 9, events).step.transfer.roundTrip;
    expect(roundTrip([ack(0, 3)]).smoothed).toBe(3);
    expect(roundTrip([{ kind: 'tick', at: 400 }, ack(0, 401)]).smoothed).toBeNull();
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
