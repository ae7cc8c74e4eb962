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
  const { transfer } = play(options, size, [ack(0, 2), { kind: 'held' }]).step;
  expect(transfer.deadline).toBe(Number.POSITIVE_INFINITY);
  expect(after(transfer, { kind: 'tick', at: 100_000 }).effects).toEqual([]);
  const sent = after(transfer, { kind: 'sent', at: 100_000 }).transfer;
  expect(sent.deadline - 100_000).toBeGreaterThan(10);
  expect(sent.deadline - 100_000).toBeLessThan(40);
  expect(after(sent, { kind: 'tick', at: sent.deadline }).effects).toEqual([blocks(1, 4)]);
});

test('the round trip is measured from when the window has left', () => {
  const { transfer } = play(options, size, [ack(0, 2), { kind: 'held' }, { kind: 'sent', at: 500 }, ack(4, 503)]).step;
  expect(transfer.roundTrip.smoothed).toBeCloseTo(0.875 * 2 + 0.125 * 3);
});

test('a repeated ACK for a window that waits sends nothing: the window comes', () => {
  const { transfer } = play(options, size, [ack(0, 2), ack(4, 4), { kind: 'held' }]).step;
  const step = after(transfer, ack(4, 900));
  expect(step.effects).toEqual([]);
  expect(step.transfer.counts.ignored).toBe(1);
});

test('an ACK of an earlier sending of a held window moves on, and measures nothing', () => {
  const repeated = play(options, size, [ack(0, 2), { kind: 'tick', at: 90 }, { kind: 'held' }]).step.transfer;
  const step = after(repeated, ack(4, 95));
  expect(step.effects).toEqual([blocks(5, 4)]);
  expect(step.transfer.roundTrip).toMatchObject({ smoothed: 2, doubled: 1 });
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
    { kind: 'held' },
    { kind: 'superseded' },
    { kind: 'unreachable' },
    { kind: 'cancel', message: '' },
  ];
  for (const event of events) reduceTransfer(frozen, event);
  expect(frozen).toEqual(transfer);
});
