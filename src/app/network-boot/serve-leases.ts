/** Addresses that the small DHCP server gave, kept in a journal of the site: one JSON line for each, the newest of an address holds. */
import * as z from 'zod';
import type { LeaseRecord } from '../../../pxe/lease/index.ts';
import { openJournal } from '../../store/index.ts';

export interface KeptLeases {
  readonly records: readonly LeaseRecord[];
  /** On the disk when it resolves. */
  keep(record: LeaseRecord): Promise<void>;
  close(): Promise<void>;
}

const leaseRecord = z.strictObject({
  address: z.ipv4(),
  client: z.string().max(600).nullable(),
  ends: z.number(),
  declined: z.boolean(),
});

/**
 * Opens the journal; what has ended by `now` (milliseconds since 1970) leaves it, then and whenever it has grown. Throws as
 * `openJournal`.
 */
export async function openLeases(path: string, now: () => number): Promise<KeptLeases> {
  const newest = new Map<string, LeaseRecord>();
  const live = (): readonly string[] => {
    const at = now();
    for (const [address, { client, declined, ends }] of newest) {
      // An address whose time is over stays with its client while nobody else has it.
      if (declined ? ends <= at : client === null) newest.delete(address);
    }
    return [...newest.values()].map((record) => JSON.stringify(record));
  };
  const readAll = (lines: readonly string[]): readonly string[] => {
    for (const line of lines) {
      const record = readLine(line);
      if (record !== undefined) newest.set(record.address, record);
    }
    return live();
  };
  const journal = await openJournal(path, readAll, { live });
  return {
    records: [...newest.values()],
    keep(record) {
      newest.set(record.address, record);
      return journal.add(JSON.stringify(record));
    },
    close: () => journal.close(),
  };
}

/** Leases of a run without a site are forgotten with it. */
export function memoryLeases(): KeptLeases {
  return { records: [], keep: async () => undefined, close: async () => undefined };
}

/** Undefined for a line that is none of ours, such as one that a power failure cut. */
function readLine(line: string): LeaseRecord | undefined {
  try {
    return leaseRecord.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
