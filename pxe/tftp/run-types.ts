/** What a transfer of a thread is, and what it is given. */
import type { Cache, ServedOutcome } from '../content/index.ts';
import type { Accelerator } from './accelerator.ts';
import type { TransferLimits } from './limits.ts';
import type { Pacer } from './pacer.ts';
import type { Pins } from './run-packets.ts';
import type { TftpUse } from './server-types.ts';
import type { SenderNews, TransferOrder } from './thread-messages.ts';
import type { Transfer, TransferEvent } from './transfer.ts';

/** What all transfers of a thread share. */
export interface RunThread {
  readonly address: string;
  readonly limits: TransferLimits;
  readonly cache: Cache;
  readonly pins: Pins;
  readonly pacer: Pacer;
  readonly accelerator: Accelerator | null;
  /** Whether the system says when its queues are full: Linux drops the packet without a word. */
  readonly tellsFull: boolean;
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  readonly news: (news: SenderNews) => void;
  readonly tell: (event: TftpUse) => void;
  /** A round trip, ms. */
  readonly measured: (ms: number) => void;
  /** Nothing of it is left. */
  readonly over: (run: Run, outcome: ServedOutcome) => void;
  /** Asks for `retry` in some milliseconds: the system had no room for a packet. */
  readonly later: (run: Run) => void;
}

export interface Run {
  readonly order: TransferOrder;
  readonly transfer: Transfer;
  /** Time has passed. */
  tick(at: number): void;
  happened(event: TransferEvent): void;
  /** The same request came again. */
  again(): void;
  retry(): void;
  /** What has happened so far. */
  event(kind: TftpUse['kind'], outcome: ServedOutcome | null, detail: string): TftpUse;
}
