/**
 * The reducer of a read transfer: `(transfer, event) -> (transfer, effects)`. It knows no clock, socket, file or
 * random number, so that loss, doubling and wrap-around are unit tests.
 */
import { blockOfWire } from './blocks.ts';
import { type TftpAck, type TftpError, wireError } from './packet.ts';
import { doubled, echoTime, measured, repaired } from './round-trip.ts';
import { armed, end, endWithError, greet, held, NOT_YET, sendWindow } from './sending.ts';
import type { Outcome, Step, Transfer, TransferEvent } from './transfer.ts';

/** To a peer that has not answered: no more than this, whoever it is (network facts, section 7). */
const MOST_UNANSWERED = 3;
/** So long it may still answer: EDK2 repeats after 4 s. */
const UNANSWERED_PATIENCE = 5000;
const LEAST_REPEATS = 10;
const PATIENCE = 30_000;

/** What an event makes of a transfer. After its end every event changes nothing. */
export function reduceTransfer(transfer: Transfer, event: TransferEvent): Step {
  if (transfer.outcome !== null) return { transfer, effects: [] };
  switch (event.kind) {
    case 'packet':
      if (event.packet.kind === 'ack') return acknowledge(transfer, event.packet, event.at);
      if (event.packet.kind === 'error') return clientError(transfer, event.packet);
      return ignore(transfer);
    case 'tick':
      return event.at < transfer.deadline ? { transfer, effects: [] } : timeOut(transfer, event.at);
    case 'request-again':
      // One packet for one request, as the first had: a peer gets no more than before for what it sends.
      return transfer.answered ? ignore(transfer) : greet({ ...transfer, progressAt: event.at }, event.at);
    case 'held':
      return { transfer: held(transfer), effects: [] };
    case 'sent':
      return { transfer: transfer.sentAt === NOT_YET ? armed(transfer, event.at) : transfer, effects: [] };
    case 'superseded':
      return end(transfer, withoutLastAck(transfer, 'aborted'), 'the client began anew');
    case 'unreachable':
      return end(transfer, withoutLastAck(transfer, 'unreachable'), 'nobody listens at the port of the client');
    default:
      return endWithError(transfer, 'canceled', event.message);
  }
}

function acknowledge(before: Transfer, ack: TftpAck, at: number): Step {
  const { acknowledged, highest, agreement } = before;
  const block = blockOfWire(ack.block, acknowledged, highest, agreement.rollover);
  if (block === null) return ignore(before);
  // The fifth byte is a demand: the client answers after so many blocks, whatever our limits say.
  const window = agreement.variableWindow && ack.window ? ack.window : before.window;
  const heard = { ...before, window, answered: true };
  if (before.greeting !== null) return begin(heard, at);
  return block === acknowledged ? again(heard, at) : advance(heard, block, at);
}

/** ACK 0 of the OACK: the first window. */
function begin(transfer: Transfer, at: number): Step {
  const once = transfer.unanswered === 1;
  const roundTrip = once ? measured(transfer.roundTrip, at - transfer.sentAt) : transfer.roundTrip;
  return sendWindow({ ...transfer, greeting: null, roundTrip, repeats: 0, progressAt: at }, at);
}

/** Blocks have arrived: all of the window, or those before a gap. */
function advance(before: Transfer, block: number, at: number): Step {
  // A client that repeats its ACK for want of more names an older block than the end of a fresh window.
  const fresh = block === before.sent && block >= before.freshFrom;
  const since = at - before.sentAt;
  const roundTrip = fresh ? measured(before.roundTrip, since) : repaired(before.roundTrip, since);
  const gaps = before.counts.gaps + (block < before.sent ? 1 : 0);
  const counts = { ...before.counts, gaps };
  const transfer = { ...before, acknowledged: block, roundTrip, counts, repeats: 0, progressAt: at };
  if (block === before.lastBlock) return end(transfer, 'delivered', '');
  return sendWindow(transfer, at);
}

/** The same ACK again: the first block of the window is missing, or the network doubled the ACK. */
function again(transfer: Transfer, at: number): Step {
  if (at - transfer.sentAt < echoTime(transfer.roundTrip, transfer.window)) return ignore(transfer);
  const counts = { ...transfer.counts, gaps: transfer.counts.gaps + 1 };
  return sendWindow({ ...transfer, counts }, at);
}

function timeOut(before: Transfer, at: number): Step {
  const { counts, repeats, progressAt, answered, unanswered } = before;
  if (!answered && unanswered >= MOST_UNANSWERED) {
    const until = progressAt + UNANSWERED_PATIENCE;
    if (at < until) return { transfer: { ...before, deadline: until }, effects: [] };
    return end(before, 'no-answer', `no answer to ${unanswered} packets`);
  }
  if (answered && repeats >= LEAST_REPEATS && at - progressAt >= PATIENCE) {
    const message = `no answer for ${Math.floor((at - progressAt) / 1000)} seconds`;
    return endWithError(before, withoutLastAck(before, 'gave-up'), message);
  }
  const transfer = {
    ...before,
    roundTrip: doubled(before.roundTrip),
    repeats: repeats + 1,
    counts: { ...counts, timeouts: counts.timeouts + 1 },
  };
  return answered ? sendWindow(transfer, at) : greet(transfer, at);
}

function clientError(transfer: Transfer, { code, message }: TftpError): Step {
  const { greeting, agreement } = transfer;
  const wantsNoMore = code === wireError.optionsRefused || code === wireError.undefined;
  const probe = greeting !== null && agreement.sizeAsked && wantsNoMore;
  return end(transfer, probe ? 'probed' : 'aborted', `error ${code}: ${message}`);
}

/** Whether only the last ACK is missing: such a client may well have the whole file. */
function withoutLastAck(transfer: Transfer, otherwise: Outcome): Outcome {
  return transfer.answered && transfer.highest === transfer.lastBlock ? 'unconfirmed' : otherwise;
}

function ignore(transfer: Transfer): Step {
  const counts = { ...transfer.counts, ignored: transfer.counts.ignored + 1 };
  return { transfer: { ...transfer, counts }, effects: [] };
}
