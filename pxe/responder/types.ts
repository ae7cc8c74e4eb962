/** The DHCP side of network boot as its owner sees it: what it is opened with, what it tells, what it is told. */
import type { BootChoice, BootClient, Quirk, Reason, Stage } from '../boot/index.ts';
import type { LeaseRecord, LeaseSettings } from '../lease/index.ts';

/** One interface that is answered on. */
export interface ServedInterface {
  readonly name: string;
  readonly address: string;
  readonly netmask: string;
  /** Lower-case with colons. */
  readonly mac: string;
}

/** A socket that somebody else opened and bound to one interface, such as systemd (`LISTEN_FDS`). */
export interface GivenSocket {
  readonly fd: number;
  readonly role: 'dhcp' | 'bootServer';
  /** The served interface that it hears. */
  readonly interfaceName: string;
}

export interface BootPorts {
  /** 67; 0 lets the system choose. */
  readonly dhcp: number;
  /** 68: where broadcast replies go, and where offers of others are heard. */
  readonly client: number;
  /** 4011; 0 lets the system choose. */
  readonly bootServer: number;
}

export const BOOT_PORTS: BootPorts = { dhcp: 67, client: 68, bootServer: 4011 };

/** What a change of the site may change in a running server. */
export interface ResponderSettings {
  /** `bootServerOnly`: port 67 is not opened at all; it cannot be changed while running. `full`: with `lease`. */
  readonly mode: 'proxy' | 'bootServerOnly' | 'full';
  /** `giaddr` that are answered: addresses, and subnets such as 10.1.0.0/16. */
  readonly relays: readonly string[];
  /** Lower-case with colons. */
  readonly ignoredMacs: readonly string[];
  /** Milliseconds that offers wait (SITE-12); answers on port 4011 never do. */
  readonly delay: number;
  /** The small DHCP server; needed by mode `full`. */
  readonly lease?: LeaseSettings;
}

/** Caps against strangers. Rates are per second, with a burst of twice as much. */
export interface ResponderLimits {
  /** Exchanges that are kept; the oldest goes first, and its client asks again. */
  readonly exchanges: number;
  /** Milliseconds without a question after which an exchange is dropped. */
  readonly exchangeHolds: number;
  /** Decisions that the owner is asked for at one time. */
  readonly decisions: number;
  /** Clients that were not seen before, a second. Above it those are served that ask again. */
  readonly newClients: number;
  /** Questions of one client, a second. */
  readonly clientQuestions: number;
  /** Datagrams of one IPv4 address that is neither a relay nor ours, a second. */
  readonly sourceDatagrams: number;
  /** Datagrams in all, a second. */
  readonly datagrams: number;
  /** Offers that wait for `delay` at one time. */
  readonly delayed: number;
  /** Notes a second. */
  readonly notes: number;
}

export const RESPONDER_LIMITS: ResponderLimits = {
  exchanges: 16_384,
  exchangeHolds: 120_000,
  decisions: 2048,
  newClients: 2000,
  clientQuestions: 20,
  sourceDatagrams: 100,
  datagrams: 50_000,
  delayed: 4096,
  notes: 500,
};

export interface BootServerOptions {
  /** At least one; `chooseInterfaces` makes them of what the system has. */
  readonly interfaces: readonly ServedInterface[];
  /** Names of the computer's other interfaces, for messages. */
  readonly otherInterfaces?: readonly string[];
  readonly ports?: Partial<BootPorts>;
  readonly settings: ResponderSettings;
  readonly limits?: Partial<ResponderLimits>;
  /** Sockets that are there already. */
  readonly sockets?: readonly GivenSocket[];
  /** Replies go to address and port that the request came from: tests on loopback without root. */
  readonly replyToSource?: boolean;
  /** False: as where `koffi` is absent. */
  readonly deviceSockets?: boolean;
  /** Milliseconds between questions of our own that look for other servers; 0: never. 600,000 unless given. */
  readonly probeEvery?: number;
  /** Addresses that were given before, of a journal. */
  readonly leases?: readonly LeaseRecord[];
}

/** One datagram and what became of it. Some are left out: `left` says how many since the last note. */
export interface BootNote {
  readonly reason: Reason;
  /** What the reason leaves open; of a decision its own text. */
  readonly text: string;
  readonly interfaceName: string;
  readonly ownAddress: string;
  readonly source: string;
  /** 0.0.0.0 without a relay. */
  readonly relay: string;
  /** Null where the datagram is none of a boot client's. */
  readonly client: BootClient | null;
  /** Of clients that are none of ours, too; null where there is none. */
  readonly mac: string | null;
  readonly stage: Stage | null;
  /** The boot file of the reply, null where there is none. */
  readonly file: string | null;
  readonly quirks: readonly Quirk[];
  readonly left: number;
}

/** Another server that gives addresses or boot files. */
export interface Rival {
  /**
   * `address`: an ordinary DHCP server, which is as it should be; `alsoGives`: the same where this server gives addresses itself. The
   * others decide what computers boot.
   */
  readonly kind: 'address' | 'alsoGives' | 'addressAndBoot' | 'proxy';
  readonly interfaceName: string;
  /** That the datagram came from. */
  readonly source: string;
  readonly serverIdentifier: string | null;
  readonly vendorClass: string | null;
  readonly nextServer: string | null;
  readonly file: string | null;
  /** One sentence. */
  readonly text: string;
}

export interface BootServerOwner {
  /** What this client boots from the server at `ownAddress`. A rejection is noted as `decisionFailed`. */
  decide(client: BootClient, ownAddress: string): Promise<BootChoice>;
  noted(note: BootNote): void;
  /** Each server once, and again when what it offers has changed. */
  rival(rival: Rival): void;
  /** Keeps a lease; the address is acknowledged when this is done. Needed by mode `full`. */
  leased?(record: LeaseRecord): Promise<void>;
  /** The thread ended by a bug of ours: nothing is answered any more. */
  failed?(error: Error): void;
}

export interface BootCounts {
  readonly received: number;
  readonly sent: number;
  readonly sendErrors: number;
  /** Each combination that was there. */
  readonly results: ReadonlyArray<{
    readonly stage: Stage | 'none';
    readonly architecture: string;
    readonly reason: Reason;
    readonly count: number;
  }>;
  /** Seconds from datagram to the end of its handling: upper bounds, and how many were not above. */
  readonly handling: { readonly bounds: readonly number[]; readonly counts: readonly number[]; readonly sum: number };
  readonly exchanges: number;
  readonly decisionsOpen: number;
  readonly leases: number;
  /** Delay of the thread's event loop since the last call, in seconds. */
  readonly eventLoop: { readonly p50: number; readonly p99: number; readonly max: number };
}

export interface BootServer {
  /** Where it listens, with the ports that the system chose. */
  readonly addresses: ReadonlyArray<{
    readonly role: 'dhcp' | 'bootServer';
    readonly interfaceName: string;
    readonly address: string;
    readonly port: number;
  }>;
  /** How interfaces are told apart, in one sentence, for the log. */
  readonly layout: string;
  /** Decisions for a client, by `clientKey`, or for all are made anew. */
  forget(client: string): void;
  reconfigure(settings: ResponderSettings): void;
  counts(): Promise<BootCounts>;
  /** Stops answering at once. */
  close(): Promise<void>;
}
