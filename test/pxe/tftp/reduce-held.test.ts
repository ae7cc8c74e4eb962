/** The reducer when what it asks to send waits for the line or the disk, and when a client begins anew. */
import { expect, test } from 'vitest';
import { reduceTransfer, type Transfer, type TransferEvent } from '../../../pxe/tftp/index.ts';
import { ack, blocks, play } from './play.ts';

const options = { windowsize: '4' };
const size = 50 * 512;
const after = (transfer: Transfer, ...events: TransferEvent[]) =>
  events.reduce((step, event) => reduceTransfer(step.transfer, event), { transfer, effects: [] } as ReturnType<
    typeof reduceTransfer
  >);

test('what is held is not repeated, however long it waits; its clock runs from when it has left', () => {
  const { transfer } = play(options, size, [ack(0, 2), { kind: 'held', at: 2 }]).step;
  expect(transfer.deadline).toBe(Number.POSITIVE_INFINITY);
  expect(after(transfer, { kind: 'tick', at: 100_000 }).effects).toEqual([]);
  const sent = after(transfer, { kind: 'sent', at: 100_000 }).transfer;
  expect(sent.deadline - 100_000).toBeGreaterThan(10);
  expect(sent.deadline - 100_000).toBeLessThan(40);
  expect(after(sent, { kind: 'tick', at: sent.deadline }).effects).toEqual([blocks(1, 4)]);
});

test('the round trip is measured from when the window has left', () => {
  const { transfer } = play(options, size, [
    ack(0, 2),
    { kind: 'held', at: 2 },
    { kind: 'sent', at: 500 },
    ack(4, 503),
  ]).step;
  expect(transfer.roundTrip.smoothed).toBeCloseTo(0.875 * 2 + 0.125 * 3);
});

test('a repeated ACK for a window that waits sends nothing: the window comes', () => {
  const { transfer } = play(options, size, [ack(0, 2), ack(4, 4), { kind: 'held', at: 2 }]).step;
  const step = after(transfer, ack(4, 900));
  expect(step.effects).toEqual([]);
  expect(step.transfer.counts.ignored).toBe(1);
});

test('an ACK of an earlier sending of a held window moves on, and measures nothing', () => {
  const repeated = play(options, size, [ack(0, 2), { kind: 'tick', at: 90 }, { kind: 'held', at: 2 }]).step.transfer;
  const step = after(repeated, ack(4, 95));
  expect(step.effects).toEqual([blocks(5, 4)]);
  expect(step.transfer.roundTrip).toMatchObject({ smoothed: 2, doubled: 1 });
});

test('what the disk takes is not taken from the patience with the client', () => {
  const { transfer } = play(options, size, [ack(0, 2), { kind: 'held', at: 2 }]).step;
  let { transfer: gone } = after(transfer, { kind: 'held', at: 40_000 }, { kind: 'sent', at: 60_002 });
  let at = 60_002;
  while (gone.outcome === null) gone = after(gone, { kind: 'tick', at: (at = gone.deadline) }).transfer;
  expect(gone.outcome).toBe('gave-up');
  expect(at - 60_002).toBeGreaterThanOrEqual(30_000);
  expect(at - 60_002).toBeLessThan(32_000);
});

test('who is kept waiting for DATA 1 may ask again: it comes once, and then there are 5 seconds to answer', () => {
  const again: TransferEvent[] = [1000, 2000, 3000, 4000].map((at) => ({ kind: 'request-again', at }));
  const waiting = play({}, size, [{ kind: 'held', at: 0 }, ...again]);
  expect(waiting.effects.slice(1).flat()).toEqual([]);
  let { transfer } = after(waiting.step.transfer, { kind: 'sent', at: 20_000 });
  expect(transfer.unanswered).toBe(1);
  expect(after(transfer, ack(1, 20_003)).transfer.roundTrip.smoothed).toBe(3);
  let at = 0;
  while (transfer.outcome === null) transfer = after(transfer, { kind: 'tick', at: (at = transfer.deadline) }).transfer;
  expect(transfer).toMatchObject({ outcome: 'no-answer', unanswered: 3 });
  expect(at).toBe(25_000);
});

test('a last window that has not left is not "only the last ACK is missing"', () => {
  const last = play(options, 5, [ack(0, 2), { kind: 'held', at: 2 }]).step.transfer;
  expect(after(last, { kind: 'unreachable' }).transfer.outcome).toBe('unreachable');
  expect(after(last, { kind: 'superseded' }).transfer.outcome).toBe('aborted');
  const sent = after(last, { kind: 'sent', at: 9 }).transfer;
  expect(after(sent, { kind: 'unreachable' }).transfer.outcome).toBe('unconfirmed');
  const repeated = after(sent, { kind: 'tick', at: 900 }, { kind: 'held', at: 900 }).transfer;
  expect(after(repeated, { kind: 'unreachable' }).transfer.outcome).toBe('unconfirmed');
});

test('`sent` without `held` changes nothing', () => {
  const { transfer } = play(options, size, [ack(0, 2)]).step;
  expect(after(transfer, { kind: 'sent', at: 9000 }).transfer).toEqual(transfer);
});

test('who begins anew hears nothing more of the old transfer', () => {
  const { transfer } = play(options, size, [ack(0, 2)]).step;
  const step = after(transfer, { kind: 'superseded' });
  expect(step.effects).toEqual([{ kind: 'end', outcome: 'aborted', message: 'the client began anew' }]);
  const all = play(options, 5, [ack(0, 2)]).step.transfer;
  expect(after(all, { kind: 'superseded' }).transfer.outcome).toBe('unconfirmed');
});

test('no step changes the transfer that it was given', () => {
  const { transfer } = play(options, size, [ack(0, 2)]).step;
  const frozen = Object.freeze({
    ...transfer,
    counts: Object.freeze(transfer.counts),
    roundTrip: Object.freeze(transfer.roundTrip),
  });
  const events: TransferEvent[] = [
    ack(4, 9),
    ack(2, 9),
    ack(0, 90),
    ack(9, 9),
    { kind: 'tick', at: 1e6 },
    { kind: 'request-again', at: 9 },
    { kind: 'held', at: 2 },
    { kind: 'superseded' },
    { kind: 'unreachable' },
    { kind: 'cancel', message: '' },
  ];
  for (const event of events) reduceTransfer(frozen, event);
  expect(frozen).toEqual(transfer);
});
