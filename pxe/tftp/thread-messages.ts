/** What the threads of the TFTP server say to each other. Structured clones: no functions, no classes. */
import type { MessagePort } from 'node:worker_threads';
import type { FileClass, RefusedEvent, RouteTable, Seat, ServedFile, ServedOutcome } from '../content/index.ts';
import type { TransferLimits } from './limits.ts';
import type { Caps } from './caps.ts';
import type { TftpRequest } from './packet.ts';
import type { RoundTrips } from './round-trips.ts';
import type { TftpUse } from './server-types.ts';

/** With what a thread starts. */
export interface ThreadSettings {
  /** Null for threads that only send. */
  readonly listen: { readonly port: number; readonly caps: Caps } | null;
  readonly address: string;
  readonly limits: TransferLimits;
  readonly linkSpeed: number | 'off';
  readonly accelerator: 'auto' | 'off';
  /** `newLine` of pacer.ts, the same for all threads. */
  readonly line: SharedArrayBuffer;
  /** Of the cache. */
  readonly seat: Seat;
  /** How many threads send. */
  readonly threads: number;
}

/** A transfer to begin. */
export interface TransferOrder {
  readonly transfer: number;
  readonly address: string;
  readonly port: number;
  readonly request: TftpRequest;
  readonly route: string;
  readonly client: string | null;
  readonly file: ServedFile;
  /** How many transfers run in all, this one included. */
  readonly active: number;
}

/** From the listener to whoever sends. */
export type SenderOrder =
  | { readonly kind: 'start'; readonly order: TransferOrder }
  /** The same request came again. */
  | { readonly kind: 'again'; readonly transfer: number }
  /** Another request came from the same port. */
  | { readonly kind: 'superseded'; readonly transfer: number }
  | { readonly kind: 'cancel'; readonly transfer: number; readonly message: string };

/** From whoever sends to the listener. */
export type SenderNews =
  | { readonly kind: 'answered'; readonly transfer: number }
  | { readonly kind: 'ended'; readonly transfer: number }
  /** It has ended; its client, quiet for long, has sent its request again and wants another. */
  | { readonly kind: 'restart'; readonly transfer: number };

/** From the owner's thread. */
export type ThreadOrder =
  /** First of all: to the sending threads, or to the listening one. */
  | { readonly kind: 'ports'; readonly ports: readonly MessagePort[] }
  | { readonly kind: 'publish'; readonly table: RouteTable }
  | { readonly kind: 'made'; readonly number: number; readonly file: ServedFile | null }
  | { readonly kind: 'counts'; readonly number: number }
  | { readonly kind: 'drain'; readonly ms: number };

/** To the owner's thread. */
export type ThreadNews =
  | { readonly kind: 'ready'; readonly address: string; readonly port: number }
  | { readonly kind: 'not-ready'; readonly code: string; readonly message: string }
  | { readonly kind: 'published'; readonly version: number }
  | { readonly kind: 'make'; readonly number: number; readonly route: string; readonly client: string }
  | { readonly kind: 'used'; readonly uses: readonly TftpUse[] }
  | { readonly kind: 'released'; readonly version: number }
  | { readonly kind: 'refused'; readonly refusal: RefusedEvent }
  | { readonly kind: 'counts'; readonly number: number; readonly counts: ThreadCounts }
  | { readonly kind: 'lost'; readonly message: string }
  | { readonly kind: 'drained' };

/** Sums of a thread. */
export interface ThreadCounts {
  readonly sent: SenderSums;
  readonly transfers: number;
  readonly queued: number;
  readonly accelerated: boolean;
  readonly delayP99: number;
  /** Null in threads that only send. */
  readonly listener: {
    readonly all: number;
    readonly unanswered: number;
    readonly clients: number;
    readonly refused: Readonly<Record<string, number>>;
  } | null;
}

/** Of finished transfers; round trips of those that run, too. */
export interface SenderSums {
  readonly finished: Readonly<Record<ServedOutcome, number>>;
  readonly bytes: Readonly<Record<FileClass, number>>;
  readonly blocks: number;
  readonly repeated: number;
  readonly timeouts: number;
  readonly gaps: number;
  readonly roundTrips: RoundTrips;
}
