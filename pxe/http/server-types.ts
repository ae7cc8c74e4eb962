/** What the HTTP server is given, tells and answers. */
import type { Arena, CacheCounts, FileClass, RouteTable, ServedOutcome, ServerOwner } from '../content/index.ts';
import type { HttpLimits } from './limits.ts';

export interface HttpServerOptions {
  /** Address to listen at; 0.0.0.0 or :: for all. */
  readonly address: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** PEM texts for HTTPS (TLS 1.2 and later); null for HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  readonly limits: HttpLimits;
  /** The chunk cache: the thread takes one of its seats. */
  readonly arena: Arena;
}

/** Whoever opened the server. */
export type HttpOwner = ServerOwner;

/** Sums since the start, and what is now. */
export interface HttpCounts {
  readonly connections: number;
  readonly transfers: number;
  /** Clients that were told to come again for a large image. */
  readonly waiting: number;
  /** Answers by status. */
  readonly requests: Readonly<Record<string, number>>;
  readonly finished: Readonly<Record<ServedOutcome, number>>;
  /** Bytes of bodies that the system took. */
  readonly bytes: Readonly<Record<FileClass, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly cache: CacheCounts;
  /** Event-loop delay since the last question, 99 of 100 below it, ms. */
  readonly delayP99: number;
}

export interface HttpServer {
  readonly address: string;
  readonly port: number;
  /**
   * Names from now on. Resolves when requests are looked up in it, or the server has ended; transfers that run keep what they
   * have. Rejects with InternalError (`CONTENT_TABLE_VERSION`) for a version that is not newer than the last.
   */
  publish(table: RouteTable): Promise<void>;
  counts(): Promise<HttpCounts>;
  /** Takes no connections any more, waits so long for transfers, cuts those that are left. */
  close(options: { readonly drainMs: number }): Promise<void>;
}
