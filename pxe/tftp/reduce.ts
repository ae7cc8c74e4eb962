/**
 * The reducer of a read transfer: `(transfer, event) -> (transfer, effects)`. It knows no clock, socket, file or
 * random number, so that loss, doubling and wrap-around are unit tests.
 */
import { blockOfWire } from './blocks.ts';
import { type TftpAck, type TftpError, type TftpPacket, wireError } from './packet.ts';
import { doubled, echoTime, measured, repaired } from './round-trip.ts';
import { end, endWithError, greet, hold, letGo, NOT_YET, sendWindow } from './sending.ts';
import {
  counted,
  type Draft,
  draftOf,
  type Outcome,
  type Step,
  type Transfer,
  type TransferEvent,
} from './transfer.ts';

/** To a peer that has not answered: no more than this, whoever it is (network facts, section 7). */
const MOST_UNANSWERED = 3;
/** So long it may still answer: EDK2 repeats after 4 s. */
const UNANSWERED_PATIENCE = 5000;
const LEAST_REPEATS = 10;
const PATIENCE = 30_000;

/** What an event makes of a transfer. After its end every event changes nothing. */
export function reduceTransfer(transfer: Transfer, event: TransferEvent): Step {
  if (transfer.outcome !== null) return unchanged(transfer);
  switch (event.kind) {
    case 'packet':
      return packetCame(draftOf(transfer), event.packet, event.at);
    case 'tick':
      return event.at < transfer.deadline ? unchanged(transfer) : timeOut(draftOf(transfer), event.at);
    case 'request-again':
      return requestAgain(draftOf(transfer), event.at);
    case 'held':
    case 'sent':
      return leaving(draftOf(transfer), event);
    case 'superseded':
      return end(draftOf(transfer), withoutLastAck(transfer, 'aborted'), 'the client began anew');
    case 'unreachable':
      return end(
        draftOf(transfer),
        withoutLastAck(transfer, 'unreachable'),
        'nobody listens at the port of the client',
      );
    default:
      return endWithError(draftOf(transfer), 'canceled', event.message);
  }
}

const unchanged = (transfer: Transfer): Step => ({ transfer, effects: [] });

function packetCame(transfer: Draft, packet: TftpPacket, at: number): Step {
  if (packet.kind === 'ack') return acknowledge(transfer, packet, at);
  return packet.kind === 'error' ? clientError(transfer, packet) : ignore(transfer);
}

function leaving(transfer: Draft, event: Extract<TransferEvent, { kind: 'held' | 'sent' }>): Step {
  if (event.kind === 'held') hold(transfer, event.at);
  else if (transfer.sentAt === NOT_YET) letGo(transfer, event.at);
  return unchanged(transfer);
}

function requestAgain(transfer: Draft, at: number): Step {
  if (transfer.answered) return ignore(transfer);
  transfer.progressAt = at;
  // The answer to the first one has not left yet.
  if (transfer.sentAt === NOT_YET) return ignore(transfer);
  // One packet for one request, as the first had: a peer gets no more than before for what it sends.
  return greet(transfer, at);
}

function acknowledge(transfer: Draft, ack: TftpAck, at: number): Step {
  const { acknowledged, highest, agreement } = transfer;
  const block = blockOfWire(ack.block, acknowledged, highest, agreement.rollover);
  if (block === null) return ignore(transfer);
  // The fifth byte is a demand: the client answers after so many blocks, whatever our limits say.
  if (agreement.variableWindow && ack.window) transfer.window = ack.window;
  transfer.answered = true;
  if (transfer.greeting !== null) return begin(transfer, at);
  return block === acknowledged ? again(transfer, at) : advance(transfer, block, at);
}

/** ACK 0 of the OACK: the first window. */
function begin(transfer: Draft, at: number): Step {
  if (transfer.unanswered === 1) transfer.roundTrip = measured(transfer.roundTrip, at - transfer.sentAt);
  transfer.greeting = null;
  transfer.repeats = 0;
  transfer.progressAt = at;
  return sendWindow(transfer, at);
}

/** Blocks have arrived: all of the window, or those before a gap. */
function advance(transfer: Draft, block: number, at: number): Step {
  const { roundTrip } = transfer;
  // A client that repeats its ACK for want of more names an older block than the end of a fresh window.
  const fresh = block === transfer.sent && block >= transfer.freshFrom;
  const since = at - transfer.sentAt;
  if (block < transfer.sent) transfer.counts = counted(transfer.counts, { gaps: 1 });
  transfer.roundTrip = fresh ? measured(roundTrip, since) : repaired(roundTrip, since);
  transfer.acknowledged = block;
  transfer.repeats = 0;
  transfer.progressAt = at;
  if (block === transfer.lastBlock) return end(transfer, 'delivered', '');
  return sendWindow(transfer, at);
}

/** The same ACK again: the first block of the window is missing, or the network doubled the ACK. */
function again(transfer: Draft, at: number): Step {
  if (at - transfer.sentAt < echoTime(transfer.roundTrip, transfer.window)) return ignore(transfer);
  transfer.counts = counted(transfer.counts, { gaps: 1 });
  return sendWindow(transfer, at);
}

function timeOut(transfer: Draft, at: number): Step {
  const { repeats, progressAt, answered, unanswered } = transfer;
  if (!answered && unanswered >= MOST_UNANSWERED) {
    const until = progressAt + UNANSWERED_PATIENCE;
    if (at >= until) return end(transfer, 'no-answer', `no answer to ${unanswered} packets`);
    transfer.deadline = until;
    return unchanged(transfer);
  }
  if (answered && repeats >= LEAST_REPEATS && at - progressAt >= PATIENCE) {
    const message = `no answer for ${Math.floor((at - progressAt) / 1000)} seconds`;
    return endWithError(transfer, withoutLastAck(transfer, 'gave-up'), message);
  }
  transfer.roundTrip = doubled(transfer.roundTrip);
  transfer.repeats++;
  transfer.counts = counted(transfer.counts, { timeouts: 1 });
  return answered ? sendWindow(transfer, at) : greet(transfer, at);
}

function clientError(transfer: Draft, { code, message }: TftpError): Step {
  const { greeting, agreement } = transfer;
  const wantsNoMore = code === wireError.optionsRefused || code === wireError.undefined;
  const probe = greeting !== null && agreement.sizeAsked && wantsNoMore;
  return end(transfer, probe ? 'probed' : 'aborted', `error ${code}: ${message}`);
}

/** Whether only the last ACK is missing: such a client may well have the whole file. */
function withoutLastAck(transfer: Transfer, otherwise: Outcome): Outcome {
  const { answered, highest, lastBlock, sentAt, freshFrom } = transfer;
  // A last block that is new in what is held has not left.
  const allSent = highest === lastBlock && (sentAt !== NOT_YET || freshFrom > lastBlock);
  return answered && allSent ? 'unconfirmed' : otherwise;
}

function ignore(transfer: Draft): Step {
  transfer.counts = counted(transfer.counts, { ignored: 1 });
  return unchanged(transfer);
}
