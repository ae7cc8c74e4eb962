/** What the listener is given, does, and remembers of requests. */
import type { FoundRoute, HeldTable, RefusedEvent, RouteTable, ServedFile } from '../content/index.ts';
import type { Caps } from './caps.ts';
import type { TftpRequest } from './packet.ts';
import type { SenderNews, SenderOrder } from './thread-messages.ts';

export interface ListenerSettings {
  readonly caps: Caps;
  /** How many threads send. */
  readonly threads: number;
  readonly now: () => number;
  /** Calls behind all that waits to be read. */
  readonly behind: (call: () => void) => void;
  readonly send: (bytes: Uint8Array, port: number, address: string) => void;
  readonly order: (thread: number, order: SenderOrder) => void;
  readonly make: (number: number, route: string, client: string) => void;
  readonly refused: (event: RefusedEvent) => void;
  readonly released: (version: number) => void;
}

export interface Listener {
  datagram(bytes: Uint8Array, address: string, port: number): void;
  publish(table: RouteTable): void;
  /** The answer to `make`; after 30 seconds nobody waits for it any more. */
  made(number: number, file: ServedFile | null): void;
  news(news: SenderNews): void;
  /** Takes no requests any more; `done` when no transfer is left, at the latest after all were canceled. */
  drain(ms: number, done: () => void): void;
  counts(): {
    readonly all: number;
    readonly unanswered: number;
    readonly clients: number;
    readonly refused: Readonly<Record<string, number>>;
  };
}

export interface Question {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly address: string;
  readonly port: number;
  readonly request: TftpRequest;
  /** As `routeName` has it. */
  readonly name: string;
}

export interface Asked extends Question {
  readonly found: FoundRoute;
  readonly held: HeldTable;
}

/** A question to the owner that is open. */
export interface OpenQuestion extends Asked {
  /** ms of the listener's clock. */
  readonly askedAt: number;
}

export interface Running extends Asked {
  readonly transfer: number;
  readonly thread: number;
  answered: boolean;
  /** Whether the gate still counts it. */
  counted: boolean;
}
