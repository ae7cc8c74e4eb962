/** What servers say about their transfers, alike for TFTP and HTTP. */
import type { FileClass } from './types.ts';

/** One transfer: when it starts, at most once a second while it runs, when it ends. */
export interface UsedEvent {
  readonly kind: 'started' | 'progress' | 'finished';
  readonly protocol: 'tftp' | 'http';
  /** Of this server's process: joins the events of a transfer. */
  readonly transfer: number;
  /** As the path names it; null for files that are everybody's. */
  readonly client: string | null;
  /** Name of the route, with `*` in the client's place. */
  readonly route: string;
  readonly fileClass: FileClass;
  /** IP address of the peer. */
  readonly address: string;
  /** Bytes of the file that were sent so far; for TFTP that were acknowledged. */
  readonly bytes: number;
  /** Bytes of the file, whatever part was asked for. */
  readonly size: number;
  readonly seconds: number;
  /** Null until it is finished. */
  readonly outcome: ServedOutcome | null;
  /** With the end of this transfer the client has got every byte of the file, ranges of earlier ones included. */
  readonly complete: boolean;
  /** Of the peer or ours, for logs: block size and window, the range, why it ended. */
  readonly detail: string;
}

/**
 * Those of TFTP are explained in `pxe/tftp/transfer.ts`. Of HTTP: `delivered` (all that was asked for), `aborted` (the
 * client closed), `gave-up` (it took nothing for too long), `canceled` (by us), `failed` (the file cannot be read).
 */
export type ServedOutcome =
  | 'delivered'
  | 'probed'
  | 'unconfirmed'
  | 'aborted'
  | 'no-answer'
  | 'gave-up'
  | 'unreachable'
  | 'canceled'
  | 'failed';

/** Something was asked for and not given. At most a few a second for each reason. */
export interface RefusedEvent {
  readonly address: string;
  /** As it was asked for, cut to 255 characters; empty where there was none. */
  readonly name: string;
  readonly reason: string;
}
