/**
 * One read transfer as a value: what is known, what can happen, what is to be done. Times in milliseconds of any
 * clock.
 */
import type { Agreement } from './negotiate.ts';
import type { TftpPacket } from './packet.ts';
import type { RoundTrip } from './round-trip.ts';

export interface Transfer {
  /** Bytes of the file. */
  readonly size: number;
  readonly agreement: Agreement;
  /** The OACK, until it is acknowledged; null when DATA 1 was the answer. */
  readonly greeting: Uint8Array | null;
  /** Number of the last block of the file. */
  readonly lastBlock: number;
  /** All blocks up to this one have arrived. */
  readonly acknowledged: number;
  /** Last block of the newest window. */
  readonly sent: number;
  /** Last block that was ever sent. */
  readonly highest: number;
  /** From this block on the newest window was sent once only: an ACK of its end measures the round trip. */
  readonly freshFrom: number;
  /** Blocks of the next window. */
  readonly window: number;
  /** Whether the peer has sent an ACK: until then it may be somebody whose address a stranger wrote. */
  readonly answered: boolean;
  /** Packets sent to a peer that has not answered. */
  readonly unanswered: number;
  readonly sentAt: number;
  readonly deadline: number;
  /** When what is not on the wire yet began to wait for the line or the disk. */
  readonly heldAt: number;
  readonly roundTrip: RoundTrip;
  /** Time-outs since the last progress. */
  readonly repeats: number;
  /** When blocks last arrived; before the first answer, when the last request came. Later by what was held meanwhile. */
  readonly progressAt: number;
  /** State of the generator behind the jitter. */
  readonly random: number;
  readonly counts: TransferCounts;
  /** Null while it runs. */
  readonly outcome: Outcome | null;
}

/** A transfer that a step is making of another. */
export type Draft = { -readonly [key in keyof Transfer]: Transfer[key] };

/**
 * A copy to work on: a step changes no transfer that it was given. Field by field, since V8 takes 5 microseconds for the
 * same by spreading, which is as long as all else that an ACK costs.
 */
export function draftOf(of: Transfer): Draft {
  return {
    size: of.size,
    agreement: of.agreement,
    greeting: of.greeting,
    lastBlock: of.lastBlock,
    acknowledged: of.acknowledged,
    sent: of.sent,
    highest: of.highest,
    freshFrom: of.freshFrom,
    window: of.window,
    answered: of.answered,
    unanswered: of.unanswered,
    sentAt: of.sentAt,
    deadline: of.deadline,
    heldAt: of.heldAt,
    roundTrip: of.roundTrip,
    repeats: of.repeats,
    progressAt: of.progressAt,
    random: of.random,
    counts: of.counts,
    outcome: of.outcome,
  };
}

/** Counts, some of them more by so many. */
export function counted(of: TransferCounts, more: Partial<TransferCounts>): TransferCounts {
  return {
    blocks: of.blocks + (more.blocks ?? 0),
    repeated: of.repeated + (more.repeated ?? 0),
    timeouts: of.timeouts + (more.timeouts ?? 0),
    gaps: of.gaps + (more.gaps ?? 0),
    ignored: of.ignored + (more.ignored ?? 0),
  };
}

/** For logs and metrics. */
export interface TransferCounts {
  readonly blocks: number;
  /** Blocks sent again. */
  readonly repeated: number;
  readonly timeouts: number;
  /** ACKs that asked for a block again, or ended within a window. */
  readonly gaps: number;
  /** Packets that changed nothing: late, doubled, of the future, of the wrong kind. */
  readonly ignored: number;
}

/**
 * - `delivered`: the last block is acknowledged
 * - `probed`: the client wanted the size only (EDK2: ERROR 8, boot manager: ERROR 0); normal
 * - `unconfirmed`: everything was sent, the last ACK is missing
 * - `aborted`: the client sent an error
 * - `no-answer`: nothing came after three packets and 5 seconds
 * - `gave-up`: no progress for 30 seconds
 * - `unreachable`: the client's port is closed
 * - `canceled`: by us
 */
export type Outcome =
  | 'delivered'
  | 'probed'
  | 'unconfirmed'
  | 'aborted'
  | 'no-answer'
  | 'gave-up'
  | 'unreachable'
  | 'canceled';

export type TransferEvent =
  | { readonly kind: 'packet'; readonly packet: TftpPacket; readonly at: number }
  /** Any time at or after `deadline`; before it nothing happens. */
  | { readonly kind: 'tick'; readonly at: number }
  /** The same request came from the same address and port again. */
  | { readonly kind: 'request-again'; readonly at: number }
  /** What the last step asked to send waits for the line or the disk: no clock runs until `sent`. */
  | { readonly kind: 'held'; readonly at: number }
  /** What was held has gone out. */
  | { readonly kind: 'sent'; readonly at: number }
  /** The client has begun anew from the same port: what it may still expect is no part of this transfer. */
  | { readonly kind: 'superseded' }
  /** The operating system says that nobody listens at the client's port. */
  | { readonly kind: 'unreachable' }
  /** The file cannot be read any more, or the server stops: `message` goes to the client. */
  | { readonly kind: 'cancel'; readonly message: string };

export type Effect =
  | { readonly kind: 'packet'; readonly bytes: Uint8Array }
  /** DATA of these blocks, in order, `count` at least 1. */
  | { readonly kind: 'blocks'; readonly first: number; readonly count: number }
  /** Always the last one. `message` is of the peer for `aborted` and `probed`, else ours. */
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly message: string };

export interface Step {
  readonly transfer: Transfer;
  readonly effects: readonly Effect[];
}
