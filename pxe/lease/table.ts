/** Who has which address: what the journal says, and offers that nobody has taken yet. Times are Unix milliseconds. */
import { addressNumber, addressText } from '../dhcp/index.ts';
import type { Subnet } from './subnet.ts';
import type { LeaseRecord } from './types.ts';

/** An offer is kept for the client that long; firmware asks for the address within a second or four. */
const OFFER_HOLDS = 10_000;

export interface LeaseTable {
  /** The address that a client has or last had, while nobody else has it. */
  ofClient(client: string): LeaseRecord | undefined;
  ofAddress(address: string): LeaseRecord | undefined;
  /** An address for a client: its own, else the wanted one, else a free one; undefined when all are taken. Kept for a while. */
  offer(client: string, wanted: string | undefined, at: number): string | undefined;
  /** Takes an offer back. */
  withdraw(client: string): void;
  put(record: LeaseRecord): void;
  /** Addresses that are given now. */
  active(at: number): number;
  /** For the journal, when it is written anew. */
  records(): readonly LeaseRecord[];
}

export function openLeaseTable(subnet: Subnet, records: readonly LeaseRecord[]): LeaseTable {
  const byAddress = new Map<string, LeaseRecord>();
  const byClient = new Map<string, string>();
  const offers = new Map<string, { readonly client: string; readonly until: number }>();
  const offered = new Map<string, string>();
  let next = subnet.first;
  /** All were taken, until then at least. */
  let fullUntil = -Infinity;

  const put = (record: LeaseRecord): void => {
    const earlier = byAddress.get(record.address)?.client;
    if (earlier !== undefined && earlier !== null && byClient.get(earlier) === record.address) byClient.delete(earlier);
    byAddress.set(record.address, record);
    if (record.client !== null && !record.declined) byClient.set(record.client, record.address);
    fullUntil = -Infinity;
  };
  const withdraw = (client: string): void => {
    const address = offered.get(client);
    if (address === undefined) return;
    offered.delete(client);
    if (offers.get(address)?.client === client) offers.delete(address);
    fullUntil = -Infinity;
  };
  /** When an address is free again; -Infinity: now. */
  const takenUntil = (address: string, client: string, at: number): number => {
    const record = byAddress.get(address);
    const own = record?.client === client && !record.declined;
    if (record !== undefined && !own && record.ends > at) return record.ends;
    const open = offers.get(address);
    return open !== undefined && open.client !== client && open.until > at ? open.until : -Infinity;
  };
  const free = (client: string, at: number): string | undefined => {
    if (at < fullUntil) return undefined;
    const count = subnet.last - subnet.first + 1;
    let soonest = Infinity;
    let reused: string | undefined;
    for (let tried = 0; tried < count; tried += 1) {
      const address = addressText(subnet.first + ((next - subnet.first + tried) % count));
      const until = takenUntil(address, client, at);
      soonest = Math.min(soonest, until);
      if (until !== -Infinity) continue;
      // Addresses that were given are kept for their clients as long as there are others.
      if (byAddress.has(address)) {
        reused ??= address;
        continue;
      }
      next = addressNumber(address) + 1;
      return address;
    }
    if (reused === undefined) fullUntil = soonest;
    return reused;
  };
  for (const record of records) if (subnet.inRange(record.address)) put(record);
  return {
    ofClient: (client) => byAddress.get(byClient.get(client) ?? ''),
    ofAddress: (address) => byAddress.get(address),
    offer(client, wanted, at) {
      const own = [offered.get(client), byClient.get(client), wanted].find(
        (address) => address !== undefined && subnet.inRange(address) && takenUntil(address, client, at) === -Infinity,
      );
      const address = own ?? free(client, at);
      withdraw(client);
      if (address === undefined) return undefined;
      const before = offers.get(address)?.client;
      if (before !== undefined) offered.delete(before);
      offers.set(address, { client, until: at + OFFER_HOLDS });
      offered.set(client, address);
      return address;
    },
    withdraw,
    put,
    active: (at) => [...byAddress.values()].filter(({ client, ends }) => client !== null && ends > at).length,
    records: () => [...byAddress.values()],
  };
}
