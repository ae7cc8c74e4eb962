/**
 * Who may start a transfer: caps in all and per client, and a rate of requests, so that one client or a flood under
 * many names leaves room for the others (network facts, section 7). Milliseconds come from the caller, whose clock
 * never goes back.
 */
import { checkNumber } from './limits.ts';

export interface Caps {
  /** Transfers at once. */
  readonly all: number;
  /** Transfers at once of one address: firmware and boot manager open a few. */
  readonly perClient: number;
  /** Transfers whose client has not answered yet. */
  readonly unanswered: number;
  /** Requests a second of one address, and how many at once: a boot manager asks for dozens of fonts. */
  readonly rate: number;
  readonly burst: number;
}

export const defaultCaps: Caps = { all: 2000, perClient: 8, unanswered: 512, rate: 50, burst: 100 };

export type Admission = 'admitted' | 'too-fast' | 'too-many-of-client' | 'too-many-unanswered' | 'too-many';

export interface Gate {
  /** Whether a request may be looked at: takes one of the client's tokens. */
  request(address: string, at: number): 'admitted' | 'too-fast';
  /** Counts a new transfer unless a cap is reached. */
  begin(address: string): Admission;
  /** The client of a new transfer has answered: once for each. */
  answered(): void;
  /** A transfer that `begin` admitted has ended. */
  end(address: string, answered: boolean): void;
  /** For metrics. */
  counts(): { readonly all: number; readonly unanswered: number; readonly clients: number };
}

interface Client {
  tokens: number;
  at: number;
  transfers: number;
}

/** Clients remembered at most: behind that those are forgotten that asked for nothing for longest. */
const MOST_CLIENTS = 16_384;

/** A gate with no transfers. Throws InputError (`TFTP_LIMITS`) for caps that let nothing through. */
export function openGate(caps: Caps): Gate {
  for (const [name, value] of Object.entries(caps)) checkNumber(name, value as number, 1, 1_000_000);
  /** In the order of the last request. */
  const clients = new Map<string, Client>();
  let all = 0;
  let unanswered = 0;

  function clientOf(address: string, at: number): Client {
    const known = clients.get(address);
    clients.delete(address);
    const client = known ?? { tokens: caps.burst, at, transfers: 0 };
    if (clients.size >= MOST_CLIENTS) forgetOldest();
    clients.set(address, client);
    return client;
  }

  function forgetOldest(): void {
    for (const [address, { transfers }] of clients) {
      if (transfers > 0) continue;
      clients.delete(address);
      return;
    }
  }

  return {
    request(address, at) {
      const client = clientOf(address, at);
      client.tokens = Math.min(caps.burst, client.tokens + ((at - client.at) * caps.rate) / 1000);
      client.at = at;
      if (client.tokens < 1) return 'too-fast';
      client.tokens -= 1;
      return 'admitted';
    },
    begin(address) {
      const client = clients.get(address);
      if (client === undefined) return 'too-fast';
      if (all >= caps.all) return 'too-many';
      if (client.transfers >= caps.perClient) return 'too-many-of-client';
      if (unanswered >= caps.unanswered) return 'too-many-unanswered';
      all += 1;
      unanswered += 1;
      client.transfers += 1;
      return 'admitted';
    },
    answered() {
      unanswered -= 1;
    },
    end(address, answered) {
      all -= 1;
      if (!answered) unanswered -= 1;
      const client = clients.get(address);
      if (client !== undefined) client.transfers -= 1;
    },
    counts: () => ({ all, unanswered, clients: clients.size }),
  };
}
