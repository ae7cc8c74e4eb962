/** The small DHCP server of closed staging networks: what it is told, and what it keeps. */

export interface LeaseSettings {
  /** First and last address that is given. */
  readonly first: string;
  readonly last: string;
  readonly prefixLength: number;
  readonly router?: string;
  readonly dnsServers?: readonly string[];
  readonly domain?: string;
  /** Seconds. */
  readonly leaseTime: number;
}

/** One line of the journal; the newest of an address holds. */
export interface LeaseRecord {
  readonly address: string;
  /** The client: `i` and its option 61 in hex, else `m` and its MAC. Null: free again. */
  readonly client: string | null;
  /** Milliseconds of wall-clock time (Unix) at which it ends. */
  readonly ends: number;
  /** The client found it in use by somebody else. */
  readonly declined: boolean;
}
