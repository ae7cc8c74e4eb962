/** An attempt told in the order in which it happened. */
import type { Quirk } from '../boot/index.ts';
import { messageType, NO_ADDRESS } from '../dhcp/index.ts';
import { type Attempt, chosenServer, type SeenOffer, unique } from './attempt.ts';
import type { SeenMessage } from './collect.ts';
import type { SeenConnection, SeenRequest } from './http-seen.ts';
import { endOf, optionValue, type SeenTransfer } from './tftp-seen.ts';
import { bytesText, offerWords, quirkText, quoted, rateText, timeText } from './words.ts';

export interface Line {
  /** Packet that it begins with. */
  readonly number: number;
  /** Milliseconds since the first packet. */
  readonly at: number;
  readonly text: string;
}

/** Lines in the order of their packets. */
export function linesOf(attempt: Attempt): Line[] {
  const { discovers, offers, late, requests, questions, replies, transfers, httpRequests, connections, plain } =
    attempt;
  const lines = [
    ...questionLines(discovers, (seen) => `asks who can boot it${relayWords(seen)}`),
    ...unique(offers).map((seen) => line(seen, `${seen.udp.sourceAddress} offers ${offerWords(seen)}`)),
    ...unique(late).map((seen) => line(seen, `${seen.udp.sourceAddress} offers, too late: ${offerWords(seen)}`)),
    ...requests.slice(0, 1).map((seen) => line(seen, requestWords(attempt, seen))),
    ...acknowledgements(attempt),
    ...questionLines(questions, ({ udp }) => `asks ${udp.targetAddress} on port ${udp.targetPort} what to boot`),
    ...unique(replies).map((seen) => line(seen, `${seen.udp.sourceAddress} answers: ${replyWords(seen)}`)),
    ...plain.slice(0, 1).map((seen) => line(seen, plainWords(plain.length))),
    ...transfers.map((transfer) => ({ number: transfer.number, at: transfer.started, text: transferWords(transfer) })),
    ...httpRequests.map((request) => ({ number: request.number, at: request.started, text: requestLine(request) })),
    ...silent(connections).map((connection) => ({
      number: connection.number,
      at: connection.started,
      text: connectionWords(connection),
    })),
  ];
  return lines.toSorted((one, other) => one.number - other.number);
}

const line = ({ number, at }: SeenMessage, text: string): Line => ({ number, at, text });

/** The first in full; repetitions in one line. */
function questionLines(seen: readonly SeenMessage[], words: (first: SeenMessage) => string): Line[] {
  const [first, second] = seen;
  if (first === undefined) return [];
  if (second === undefined) return [line(first, words(first))];
  const times = seen.slice(1).map(({ at }) => timeText(at - first.at));
  const more = times.length > 5 ? `${times.slice(0, 5).join(', ')}, ...` : times.join(', ');
  return [
    line(first, words(first)),
    line(second, `asks again, ${times.length === 1 ? '' : `${times.length} times, `}${more} later`),
  ];
}

/** Every EDK2, or every iPXE, does so. */
const USUAL: readonly Quirk[] = ['blankGuid', 'bareUserClass', 'absurdMaximumSize'];

/** Who asks. */
export function askerWords({ asker, client }: Attempt): string {
  if (client === null) return asker?.kind === 'ignored' ? asker.text : 'no boot client';
  const { firmware, architecture, guid, quirks } = client;
  const told = quirks.filter((quirk) => !USUAL.includes(quirk));
  const who = firmware === 'ipxe' ? `iPXE (${architecture.name})` : architecture.name;
  const id = guid === null ? 'no GUID' : `GUID ${guid}`;
  return [who, id, ...told.map(quirkText)].join('; ');
}

const relayWords = ({ message }: SeenMessage): string =>
  message.giaddr === NO_ADDRESS ? '' : `; through relay ${message.giaddr}`;

function requestWords({ selection }: Attempt, seen: SeenMessage): string {
  const server = chosenServer(seen);
  const boot =
    selection.boot === null ? '' : `; for booting it takes ${selection.boot.source ?? 'its own'} (${selection.rule})`;
  return `requests its address${server === null ? '' : ` from ${server}`}${boot}`;
}

function acknowledgements({ acknowledged, refused }: Attempt): Line[] {
  const lines: Line[] = [];
  if (acknowledged)
    lines.push(line(acknowledged, `${acknowledged.udp.sourceAddress} gives ${offerWords(acknowledged)}`));
  if (refused) lines.push(line(refused, `${refused.udp.sourceAddress} refuses the address`));
  return lines;
}

const replyWords = (seen: SeenOffer): string => (seen.type === messageType.nak ? 'no' : offerWords(seen, false));

const plainWords = (count: number): string =>
  `asks for an address as every computer does${count === 1 ? '' : `, ${count} messages`}: a boot manager over HTTP, or a system that runs`;

function transferWords(transfer: SeenTransfer): string {
  const { name, server, started, ended, bytes, granted, clientError, serverError, requests, repeated } = transfer;
  const what = `${quoted(name)} from ${server}`;
  const size = optionValue(granted, 'tsize');
  const sized = size === null ? '' : ` of ${bytesText(size)}`;
  const again = requests > 1 ? `, asked ${requests} times` : '';
  const time = ended - started;
  switch (endOf(transfer)) {
    case 'complete': {
      const block = optionValue(granted, 'blksize') ?? 512;
      const window = optionValue(granted, 'windowsize') ?? 1;
      const resent = repeated === 0 ? '' : `, ${repeated} blocks sent again`;
      return `reads ${what}: ${bytesText(bytes)} in ${timeText(time)}${rateText(bytes, time)}; blocks of ${block}, window ${window}${resent}${again}`;
    }
    case 'probed':
      return `asks how large ${what} is: ${size === null ? 'not told' : bytesText(size)} (it ends this by error ${clientError?.code}, which is normal)`;
    case 'missing':
      return `asks for ${what}: not there${again}`;
    case 'refused':
      return `asks for ${what}: refused, error ${serverError?.code} ${quoted(serverError?.message ?? '')}`;
    case 'aborted':
      return `ends ${what} after ${bytesText(bytes)}${sized}: error ${clientError?.code} ${quoted(clientError?.message ?? '')}`;
    case 'unanswered':
      return `asks for ${what}: no answer${again}`;
    case 'unheard':
      return `asks for ${what}: the server answers, the client does not react${again}`;
    default:
      return `reads ${what}: stops after ${bytesText(bytes)}${sized} and ${timeText(time)}`;
  }
}

function requestLine({ method, path, server, serverPort, status, length, bytes, started, ended }: SeenRequest): string {
  const what = `${method} ${quoted(path)} from ${server}:${serverPort}`;
  if (status === null) return `${what}: no answer`;
  const time = ended - started;
  if (method === 'HEAD') return `${what}: ${status}${length === null ? ', no size' : `, ${bytesText(length)}`}`;
  if (length !== null && bytes < length)
    return `${what}: ${status}, stops after ${bytesText(bytes)} of ${bytesText(length)}`;
  return `${what}: ${status}, ${bytesText(bytes)} in ${timeText(time)}${rateText(bytes, time)}`;
}

/** Connections without a request that can be read. */
export const silent = (connections: readonly SeenConnection[]): SeenConnection[] =>
  connections.filter(({ requests }) => requests === 0);

function connectionWords({ server, serverPort, refused, accepted, sent }: SeenConnection): string {
  const what = `connects to ${server}:${serverPort}`;
  if (refused) return `${what}: refused`;
  if (!accepted) return `${what}: no answer`;
  return sent === 0 ? `${what} and asks nothing` : `${what} and sends ${bytesText(sent)} that cannot be read (https)`;
}
