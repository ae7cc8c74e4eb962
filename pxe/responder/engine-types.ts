/** What the engine works with: where datagrams come in, where replies go, and what is given to it. */
import type { BootChoice, BootClient } from '../boot/index.ts';
import type { LeaseRecord } from '../lease/index.ts';
import type { BootCounts, BootNote, ResponderLimits, ResponderSettings, ServedInterface } from './types.ts';

export type Role = 'dhcp' | 'bootServer';

/** Where a datagram came in. */
export interface Arrival {
  readonly served: ServedInterface;
  readonly role: Role;
  readonly source: { readonly address: string; readonly port: number };
}

export interface Outgoing {
  readonly datagram: Uint8Array;
  readonly address: string;
  readonly port: number;
  readonly broadcast: boolean;
}

export interface EngineSurroundings {
  readonly served: readonly ServedInterface[];
  readonly settings: ResponderSettings;
  readonly limits: ResponderLimits;
  readonly leases: readonly LeaseRecord[];
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Unix milliseconds, for leases. */
  wallClock(): number;
  /** Calls back after so many milliseconds. */
  later(delay: number, call: () => void): void;
  send(arrival: Arrival, reply: Outgoing): void;
  /** `ask` comes back in `decided`. */
  ask(ask: { readonly key: string; readonly epoch: number }, client: BootClient, ownAddress: string): void;
  note(note: BootNote): void;
  /** Keeps a lease, then calls back. */
  keep(record: LeaseRecord, done: () => void): void;
}

export interface Engine {
  receive(datagram: Uint8Array, arrival: Arrival): void;
  decided(
    ask: { readonly key: string; readonly epoch: number },
    result: BootChoice | { readonly failed: string },
  ): void;
  forget(client: string): void;
  forgetAll(): void;
  reconfigure(settings: ResponderSettings): void;
  /** Drops exchanges that ended; to be called now and then. */
  expire(): void;
  sendFailed(): void;
  counts(): Omit<BootCounts, 'eventLoop'>;
}
