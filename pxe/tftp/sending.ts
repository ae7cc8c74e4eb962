/** What a transfer sends, and how it ends: the steps that the reducer is made of. */
import { blockCount } from './blocks.ts';
import type { TransferLimits } from './limits.ts';
import { negotiate } from './negotiate.ts';
import { type TftpRequest, wireError } from './packet.ts';
import { unmeasured, waitFor } from './round-trip.ts';
import { counted, type Draft, type Outcome, type Step } from './transfer.ts';
import { writePacket } from './write-packet.ts';

export interface NewTransfer {
  readonly request: TftpRequest;
  /** Bytes of the file. */
  readonly size: number;
  readonly limits: TransferLimits;
  /** How many transfers run, this one included. */
  readonly active: number;
  /** Any number: two transfers with different ones do not repeat in step. */
  readonly seed: number;
  /** Milliseconds. */
  readonly at: number;
}

/** A transfer with its first packet: the OACK, or DATA 1 when no option was granted (RFC 2347). */
export function startTransfer({ request, size, limits, active, seed, at }: NewTransfer): Step {
  const agreement = negotiate(request.options, size, limits, active);
  const { granted, blockSize, window } = agreement;
  const greeting = granted.length === 0 ? null : writePacket({ kind: 'oack', options: granted });
  return greet(
    {
      size,
      agreement,
      greeting,
      lastBlock: blockCount(size, blockSize),
      acknowledged: 0,
      sent: 0,
      highest: 0,
      freshFrom: 1,
      window,
      answered: false,
      unanswered: 0,
      sentAt: at,
      deadline: at,
      heldAt: at,
      roundTrip: unmeasured,
      repeats: 0,
      progressAt: at,
      random: seed | 1,
      counts: { blocks: 0, repeated: 0, timeouts: 0, gaps: 0, ignored: 0 },
      outcome: null,
    },
    at,
  );
}

/** The first packet, for the first time or again. */
export function greet(transfer: Draft, at: number): Step {
  transfer.unanswered++;
  if (transfer.greeting === null) return sendWindow(transfer, at);
  arm(transfer, at);
  return { transfer, effects: [{ kind: 'packet', bytes: transfer.greeting }] };
}

/** The window behind what has arrived: always whole, since the client counts blocks before it answers (RFC 7440). */
export function sendWindow(transfer: Draft, at: number): Step {
  const { acknowledged, lastBlock, window, highest } = transfer;
  const count = Math.min(window, lastBlock - acknowledged);
  const sent = acknowledged + count;
  transfer.sent = sent;
  transfer.highest = Math.max(highest, sent);
  transfer.freshFrom = highest + 1;
  const repeated = Math.max(0, Math.min(sent, highest) - acknowledged);
  transfer.counts = counted(transfer.counts, { blocks: count, repeated });
  arm(transfer, at);
  return { transfer, effects: [{ kind: 'blocks', first: acknowledged + 1, count }] };
}

/** The clock of a sending: the wait of the round trip, a quarter more or less so that clients do not repeat in step. */
export function arm(transfer: Draft, at: number): void {
  transfer.random = xorshift(transfer.random);
  const jitter = 0.75 + (transfer.random >>> 0) / 2 ** 33;
  transfer.sentAt = at;
  transfer.deadline = at + Math.max(waitFor(transfer.roundTrip), leastWait(transfer)) * jitter;
}

/**
 * The blocks of the network card's own TFTP (PXE 2.1, TFTP_READ): programs ask for the next one whenever they are ready, and iPXE
 * ends the transfer when a block comes twice, however soon it had answered. So a pause must not look like a loss.
 */
const CARD_BLOCK = 512;
const CARD_WAIT = 500;

function leastWait({ answered, window, agreement }: Draft): number {
  return answered && window === 1 && agreement.blockSize === CARD_BLOCK ? CARD_WAIT : 0;
}

/** 32 bits of Marsaglia's generator (2003, shifts 13, 17, 5); never 0 when it did not begin with 0. */
function xorshift(state: number): number {
  let next = state;
  next ^= next << 13;
  next ^= next >>> 17;
  next ^= next << 5;
  return next;
}

/** When something is sent that is not on the wire yet: later than anything, so that no ACK can be of it. */
export const NOT_YET = Number.POSITIVE_INFINITY;

/** No time-out and no echo of what has not left us. */
export function hold(transfer: Draft, at: number): void {
  if (transfer.sentAt !== NOT_YET) transfer.heldAt = at;
  transfer.sentAt = NOT_YET;
  transfer.deadline = NOT_YET;
}

/** What was held has left: the client's time goes on where it was stopped. */
export function letGo(transfer: Draft, at: number): void {
  transfer.progressAt = Math.min(at, transfer.progressAt + at - transfer.heldAt);
  arm(transfer, at);
}

/** The end without a word to the client. */
export function end(transfer: Draft, outcome: Outcome, message: string): Step {
  transfer.outcome = outcome;
  transfer.deadline = Number.POSITIVE_INFINITY;
  return { transfer, effects: [{ kind: 'end', outcome, message }] };
}

/** The end, told to a client that has answered (RFC 1350 section 7); to others nothing more is sent. */
export function endWithError(transfer: Draft, outcome: Outcome, message: string): Step {
  const step = end(transfer, outcome, message);
  if (!transfer.answered) return step;
  const bytes = writePacket({ kind: 'error', code: wireError.undefined, message });
  return { transfer, effects: [{ kind: 'packet', bytes }, ...step.effects] };
}
