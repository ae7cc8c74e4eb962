/** What main thread and DHCP thread say to each other. */
import type { BootChoice, BootClient } from '../boot/index.ts';
import type { LeaseRecord } from '../lease/index.ts';
import type {
  BootCounts,
  BootNote,
  BootPorts,
  BootServer,
  GivenSocket,
  ResponderLimits,
  ResponderSettings,
  Rival,
  ServedInterface,
} from './types.ts';

/** What the thread starts with. */
export interface ThreadData {
  readonly interfaces: readonly ServedInterface[];
  readonly otherInterfaces: readonly string[];
  readonly ports: BootPorts;
  readonly settings: ResponderSettings;
  readonly limits: ResponderLimits;
  readonly sockets: readonly GivenSocket[];
  readonly replyToSource: boolean;
  readonly deviceSockets: boolean;
  readonly probeEvery: number;
  readonly leases: readonly LeaseRecord[];
}

export interface Ask {
  readonly key: string;
  readonly epoch: number;
}

export interface Asked {
  readonly ask: Ask;
  readonly client: BootClient;
  readonly ownAddress: string;
}

export interface Decided {
  readonly ask: Ask;
  readonly result: BootChoice | { readonly failed: string };
}

export type ToThread =
  /** `taken`: what was told has been read, and more may come; decisions may take longer. */
  | { readonly kind: 'decided'; readonly decisions: readonly Decided[]; readonly taken: boolean }
  | { readonly kind: 'kept'; readonly id: number; readonly done: boolean }
  | { readonly kind: 'forget'; readonly client: string }
  | { readonly kind: 'reconfigure'; readonly settings: ResponderSettings }
  | { readonly kind: 'counts'; readonly id: number }
  | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'opened'; readonly addresses: BootServer['addresses']; readonly layout: string }
  /** An error of the family, taken apart: classes do not pass between threads. */
  | { readonly kind: 'refused'; readonly error: PlainError }
  /** All since the last that was taken. */
  | { readonly kind: 'told'; readonly asked: readonly Asked[]; readonly notes: readonly BootNote[] }
  | { readonly kind: 'rival'; readonly rival: Rival }
  | { readonly kind: 'keep'; readonly id: number; readonly record: LeaseRecord }
  | { readonly kind: 'counts'; readonly id: number; readonly counts: BootCounts }
  | { readonly kind: 'closed' };

export interface PlainError {
  readonly input: boolean;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}
