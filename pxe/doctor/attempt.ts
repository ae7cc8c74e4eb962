/** One attempt of one computer to boot: its packets, cut where it begins anew. */
import { type BootClient, chooseArchitecture, type Identified } from '../boot/index.ts';
import { type Offer, ownAddressOffer, readOffer, type Selection, selectOffers } from '../client/index.ts';
import { messageType, NO_ADDRESS, readOption, serverIdentifier } from '../dhcp/index.ts';
import type { Machine, SeenMessage } from './collect.ts';
import type { SeenConnection, SeenRequest } from './http-seen.ts';
import type { SeenTransfer } from './tftp-seen.ts';

export interface SeenOffer extends SeenMessage {
  readonly offer: Offer;
}

export interface Attempt {
  /** Who asks; of the first question. `null` where no question was seen. */
  readonly asker: Identified | null;
  readonly client: BootClient | null;
  readonly chooser: 'pxe' | 'http' | 'ipxe';
  readonly discovers: readonly SeenMessage[];
  /** Offers before the computer chose, and those that came behind it. */
  readonly offers: readonly SeenOffer[];
  readonly late: readonly SeenOffer[];
  /** Requests for an address; option 54 is the DHCP server that was chosen. */
  readonly requests: readonly SeenMessage[];
  readonly acknowledged: SeenOffer | null;
  readonly refused: SeenMessage | null;
  /** Questions to port 4011 (of the server that was named, its other one), and replies to them. */
  readonly questions: readonly SeenMessage[];
  readonly replies: readonly SeenOffer[];
  /** Messages without the option that names a boot client: of a boot manager, or of the system. */
  readonly plain: readonly SeenMessage[];
  readonly transfers: readonly SeenTransfer[];
  readonly httpRequests: readonly SeenRequest[];
  readonly connections: readonly SeenConnection[];
  /** It had an address when it asked, and needs no offer of one. */
  readonly addressed: boolean;
  /** What the firmware takes of the offers, by the rules that are known of it. */
  readonly selection: Selection;
  readonly started: number;
  /** Last packet of it. */
  readonly ended: number;
  /** Milliseconds from there to the next attempt or the end of the recording. */
  readonly quiet: number;
  /** Another attempt follows. */
  readonly followed: boolean;
  /** Its firmware begins at once, and is not the loader of this one: iPXE asks again when it was loaded. */
  readonly firmwareGoesOn: boolean;
}

/** An attempt ends when the computer asks anew this long after it last did anything, milliseconds. */
const PAUSE = 90_000;

/** The attempts of a computer; `end` is when the recording ends. Everything of it is in the order of packet numbers. */
export function attemptsOf(machine: Machine, end: number): Attempt[] {
  const starts = startsOf(machine);
  const messages = cutAt(starts, machine.messages);
  const transfers = cutAt(starts, machine.transfers);
  const httpRequests = cutAt(starts, machine.requests);
  const connections = cutAt(starts, machine.connections);
  return messages.map((own, index) => {
    const files = {
      transfers: transfers[index] ?? [],
      httpRequests: httpRequests[index] ?? [],
      connections: connections[index] ?? [],
    };
    // An attempt but the first one begins with a message.
    const following = messages[index + 1]?.[0];
    return attemptOf(own, files, following?.at ?? end, following);
  });
}

/** One part for each start. One pass: who asks a million times has as many attempts. */
function cutAt<T extends { readonly number: number }>(starts: readonly number[], list: readonly T[]): T[][] {
  const parts = starts.map((): T[] => []);
  let part = 0;
  for (const seen of list) {
    while (seen.number >= (starts[part + 1] ?? Infinity)) part++;
    parts[part]?.push(seen);
  }
  return parts;
}

/** Packet numbers at which attempts begin. The first one takes what comes before its question, too. */
function startsOf({ messages, transfers, requests }: Machine): number[] {
  const starts: number[] = [0];
  const loads = [...transfers, ...requests].map(({ number }) => number).toSorted((one, other) => one - other);
  let load = 0;
  let current: SeenMessage | null = null;
  let last = 0;
  const isNew = (before: SeenMessage, seen: SeenMessage): boolean => {
    if (seen.message.xid === before.message.xid) return false;
    if (firmwareOf(before) !== firmwareOf(seen) || seen.at - last > PAUSE) return true;
    // `before` never goes back.
    while ((loads[load] ?? Infinity) <= before.number) load++;
    return (loads[load] ?? Infinity) < seen.number;
  };
  for (const seen of messages) {
    if (seen.asker?.kind === 'ignored' && seen.asker.reason === 'notBootClient') continue;
    const begins = seen.type === messageType.discover && seen.message.op === 1;
    if (begins && current !== null && isNew(current, seen)) starts.push(seen.number);
    if (begins && (current === null || starts.at(-1) === seen.number)) current = seen;
    last = seen.at;
  }
  return starts;
}

const firmwareOf = ({ asker }: SeenMessage): string =>
  asker?.kind === 'client' ? `${asker.client.firmware} ${asker.client.architecture.code}` : '';

function attemptOf(
  messages: readonly SeenMessage[],
  files: Pick<Attempt, 'transfers' | 'httpRequests' | 'connections'>,
  next: number,
  following: SeenMessage | undefined,
): Attempt {
  const asked = messages.filter(({ message }) => message.op === 1);
  const isPlain = ({ asker }: SeenMessage): boolean => asker?.kind === 'ignored' && asker.reason === 'notBootClient';
  const boot = asked.filter((seen) => !isPlain(seen));
  const discovers = boot.filter(({ type }) => type === messageType.discover);
  const first = discovers[0] ?? boot[0];
  const asker = first?.asker ?? null;
  const client = asker?.kind === 'client' ? asker.client : null;
  const chooser = client?.firmware === 'uefiHttp' ? 'http' : client?.firmware === 'ipxe' ? 'ipxe' : 'pxe';
  const questions = boot.filter((seen) => seen.bootServer !== null && seen.type !== messageType.discover);
  const requests = boot.filter((seen) => seen.type === messageType.request && seen.bootServer === null);
  const ids = new Set(boot.map(({ message }) => message.xid));
  const questionIds = new Set(questions.map(({ message }) => message.xid));
  const answers = messages.filter(({ message }) => message.op === 2 && ids.has(message.xid)).map(withOffer);
  const bootServers = new Set(questions.map(({ udp }) => udp.targetAddress));
  const isReply = (seen: SeenOffer): boolean =>
    seen.bootServer !== null ||
    (questionIds.has(seen.message.xid) &&
      bootServers.has(seen.udp.sourceAddress) &&
      seen.type === messageType.ack &&
      seen.offer.proxy);
  const replies = answers.filter(isReply);
  const others = answers.filter((seen) => !isReply(seen));
  const offers = others.filter(({ type }) => type === messageType.offer || type === null);
  const chosenAt = requests[0]?.number ?? questions[0]?.number ?? Infinity;
  const before = offers.filter(({ number }) => number < chosenAt);
  const told = unique(before).map(({ offer }) => offer);
  const own = discovers[0]?.message.ciaddr ?? NO_ADDRESS;
  // As lists, not as arguments: of those a call takes some hundred thousand.
  const begins = [
    ...messages.map(({ at }) => at),
    ...files.transfers.map(({ started }) => started),
    ...files.httpRequests.map(({ started }) => started),
  ];
  const ends = [
    ...messages.map(({ at }) => at),
    ...files.transfers.map(({ ended }) => ended),
    ...files.httpRequests.map(({ ended }) => ended),
    ...files.connections.map(({ ended }) => ended),
  ];
  const ended = ends.reduce((one, other) => Math.max(one, other), 0);
  return {
    asker,
    client,
    chooser,
    discovers,
    offers: before,
    late: offers.filter(({ number }) => number > chosenAt),
    requests,
    acknowledged: others.find(({ type }) => type === messageType.ack) ?? null,
    refused: others.find(({ type }) => type === messageType.nak) ?? null,
    questions,
    replies,
    plain: asked.filter(isPlain),
    ...files,
    addressed: own !== NO_ADDRESS,
    selection: selectOffers(
      chooser,
      own === NO_ADDRESS || told.some(({ proxy }) => !proxy) ? told : [ownAddressOffer(own), ...told],
    ),
    started: begins.reduce((one, other) => Math.min(one, other), Infinity),
    ended,
    quiet: Math.max(0, next - ended),
    followed: following !== undefined,
    firmwareGoesOn: following?.asker?.kind === 'client' && following.asker.client.firmware !== 'ipxe',
  };
}

const withOffer = (seen: SeenMessage): SeenOffer => ({
  ...seen,
  offer: readOffer(seen.message, seen.udp.sourceAddress),
});

/** One of each server: repeated questions are answered again. */
export function unique(offers: readonly SeenOffer[]): SeenOffer[] {
  const found = new Map<string, SeenOffer>();
  for (const seen of offers) {
    const key = `${seen.udp.sourceAddress} ${seen.offer.identifier} ${seen.offer.proxy} ${seen.offer.class} ${seen.offer.file}`;
    if (!found.has(key)) found.set(key, seen);
  }
  return [...found.values()];
}

/** The DHCP server that the computer chose. */
export function chosenServer({ message }: SeenMessage): string | null {
  try {
    return readOption(message, serverIdentifier) ?? null;
  } catch {
    return null;
  }
}

/** Architecture in words, for a computer that is none of ours, too. */
export function architectureWords(codes: readonly number[]): string {
  const found = chooseArchitecture(codes);
  return found === undefined ? 'no architecture' : found.name;
}
