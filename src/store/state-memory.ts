/** The state of network boot in memory: for one boot image without a site. Gone with the process. */
import { waitingSightings } from './state-sightings.ts';
import {
  BOOT_STATE_LIMITS,
  type BootApproval,
  type BootOffer,
  type BootStart,
  type BootStateStore,
  type BootSubject,
  type BootSubjects,
  type ClientRecord,
  TRIES_KEPT,
} from './state-types.ts';

interface Delivered extends BootSubject {
  readonly deployment: string;
  readonly version: string;
  readonly at: number;
}
interface Tried extends BootSubject {
  readonly deployment: string;
  readonly at: number;
}

const same =
  (asked: BootSubject) =>
  (row: BootSubject): boolean =>
    row.subject === asked.subject ||
    (row.guid !== null && row.guid === asked.guid) ||
    ((row.guid === null || asked.guid === null) && row.mac !== null && row.mac === asked.mac);

const oneOf =
  ({ subjects, macs, guids }: BootSubjects) =>
  (row: BootSubject): boolean =>
    subjects.includes(row.subject) ||
    (row.mac !== null && macs.includes(row.mac)) ||
    (row.guid !== null && guids.includes(row.guid));

/** Keeps what the predicate takes, in place; gives what went. */
function drop<T>(rows: T[], gone: (row: T) => boolean): T[] {
  const dropped = rows.filter(gone);
  if (dropped.length > 0) rows.splice(0, rows.length, ...rows.filter((row) => !gone(row)));
  return dropped;
}

export function memoryBootState(limits = BOOT_STATE_LIMITS): BootStateStore {
  const delivered: Delivered[] = [];
  const tries: Tried[] = [];
  const starts: BootStart[] = [];
  const approvals: BootApproval[] = [];
  const offers = new Map<string, BootOffer & { readonly delivered: number | null }>();
  const clients = new Map<string, Omit<ClientRecord, 'delivered'>>();
  const sightings = waitingSightings(limits.waiting, (seen, addresses) => {
    for (const client of seen) {
      const { firstSeen = client.at, address = null } = clients.get(client.client) ?? {};
      put(clients, client.client, { ...client, firstSeen, address }, limits.clients);
    }
    for (const [client, address] of addresses) {
      const known = clients.get(client);
      if (known) clients.set(client, { ...known, address });
    }
  });
  const newest = (): ClientRecord[] => {
    sightings.write();
    return [...clients.values()]
      .map((each) => ({ ...each, delivered: offers.get(each.client)?.delivered ?? null }))
      .sort((a, b) => b.at - a.at);
  };
  return {
    place: 'memory',
    async read(subject, at) {
      const mine = same(subject);
      const start = starts.findLast((row) => mine(row) && row.expires > at);
      return {
        delivered: delivered
          .filter(mine)
          .map(({ subject, deployment, version, at }) => ({ subject, deployment, version, at })),
        tries: tries
          .filter((row) => mine(row) && row.at > at - TRIES_KEPT)
          .map(({ deployment, at }) => ({ deployment, at })),
        start: start ?? null,
        approval: approvals.findLast(mine) ?? null,
      };
    },
    async offer(offer, counts) {
      put(offers, offer.client, { ...offer, delivered: null }, limits.offers);
      if (!counts) return;
      const { subject, mac, guid, deployment, at } = offer;
      drop(tries, (row) => row.at <= at - TRIES_KEPT);
      if (tries.push({ subject, mac, guid, deployment, at }) > limits.tries) tries.shift();
    },
    async deliver(client, version, at) {
      const open = offers.get(client);
      if (open === undefined || open.version !== version || open.delivered !== null) return null;
      const { delivered: _, ...offer } = open;
      offers.set(client, { ...offer, delivered: at });
      const { subject, mac, guid, deployment, required } = offer;
      const known = delivered.some((row) => row.subject === subject && row.deployment === deployment);
      if (required && !known) delivered.push({ subject, mac, guid, deployment, version, at });
      const mine = same(offer);
      drop(starts, (row) => mine(row) && (row.deployment === null || row.deployment === deployment));
      return offer;
    },
    async clear(subjects) {
      const gone = oneOf(subjects);
      const found = drop(delivered, gone);
      return {
        delivered: found.map(({ subject, deployment, version, at }) => ({ subject, deployment, version, at })),
        tries: drop(tries, gone).length,
        starts: drop(starts, gone).length,
      };
    },
    async start(start) {
      drop(starts, ({ subject }) => subject === start.subject);
      starts.push(start);
      drop(tries, same(start));
    },
    async approve(approval) {
      drop(approvals, ({ subject }) => subject === approval.subject);
      approvals.push(approval);
    },
    disapprove: async (subjects) => drop(approvals, oneOf(subjects)).length,
    approvals: async () => [...approvals],
    seen: sightings.add,
    located: sightings.locate,
    client: async (key) => newest().find((each) => [each.client, each.mac, each.guid].includes(key)) ?? null,
    clients: async (most) => newest().slice(0, most),
    changed: () => false,
    flush: async () => sightings.write(),
    close: async () => sightings.close(),
  };
}

/** The newest last; the oldest goes where there are too many. */
function put<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
