/** What the TFTP server is given, tells and answers. */
import type { Arena, FileClass, RouteTable, ServedOutcome, ServerOwner, UsedEvent } from '../content/index.ts';
import type { Caps } from './caps.ts';
import type { TransferLimits } from './limits.ts';

export interface TftpServerOptions {
  /** IPv4 address to listen at; 0.0.0.0 for all. Answers leave from it too. */
  readonly address: string;
  /** 69; 0 for any that is free. */
  readonly port: number;
  /** Threads that send, 1 to 16. The first one also listens. */
  readonly threads: number;
  readonly limits: TransferLimits;
  readonly caps: Caps;
  /** Bits a second of the line that all transfers leave by, of which 95 % are used; `off`: as fast as the host sends. */
  readonly linkSpeed: number | 'off';
  /** `auto`: one send for many packets (UDP_SEGMENT), where the host can and `linkSpeed` is given. */
  readonly accelerator: 'auto' | 'off';
  /** The chunk cache: each thread takes one of its seats. */
  readonly arena: Arena;
}

/** What a transfer does; `detail` is what the peer or we said at its end. */
export interface TftpUse extends UsedEvent {
  readonly protocol: 'tftp';
  /** Agreed on, bytes. */
  readonly blockSize: number;
  /** Blocks. */
  readonly window: number;
  /** Blocks sent again. */
  readonly repeated: number;
}

/** Whoever opened the server. */
export type TftpOwner = ServerOwner<TftpUse>;

/** Sums since the start, and what is now. */
export interface TftpCounts {
  readonly transfers: number;
  readonly unanswered: number;
  readonly clients: number;
  /** Transfers that wait for their turn on the line. */
  readonly queued: number;
  readonly finished: Readonly<Record<ServedOutcome, number>>;
  /** Acknowledged bytes of finished transfers. */
  readonly bytes: Readonly<Record<FileClass, number>>;
  readonly blocks: number;
  readonly repeated: number;
  readonly timeouts: number;
  readonly gaps: number;
  /**
   * Seconds from a sending to its acknowledgement, where what was sent but once was acknowledged: upper bounds; how many were
   * not above each and above the one before, then those above all; their sum.
   */
  readonly roundTrips: {
    readonly bounds: readonly number[];
    readonly counts: readonly number[];
    readonly sum: number;
  };
  readonly refused: Readonly<Record<string, number>>;
  /** Whether packets are sent many at once. */
  readonly accelerated: boolean;
  readonly threads: readonly TftpThreadCounts[];
}

export interface TftpThreadCounts {
  readonly transfers: number;
  /** Event-loop delay since the last question, 99 of 100 below it, ms. */
  readonly delayP99: number;
}

export interface TftpServer {
  readonly address: string;
  readonly port: number;
  /**
   * Names from now on. Resolves when requests are looked up in it, or the server has ended; transfers that run keep what they
   * have. Rejects with InternalError (`CONTENT_TABLE_VERSION`) for a version that is not newer than the last.
   */
  publish(table: RouteTable): Promise<void>;
  counts(): Promise<TftpCounts>;
  /** Takes no requests any more, waits so long for transfers, ends those that are left with an ERROR, frees the port. */
  close(options: { readonly drainMs: number }): Promise<void>;
}
