/** Packets to what happened, in words, and what to mend. */
import { type Attempt, attemptsOf } from './attempt.ts';
import { collector, type CollectPorts, type Machine, USUAL_PORTS } from './collect.ts';
import { type Finding, finding } from './findings.ts';
import { askerWords, type Line, linesOf } from './lines.ts';
import { DHCP_RULES, type RuleContext } from './rules-dhcp.ts';
import { FILE_RULES, loaderName } from './rules-files.ts';
import type { SeenPacket } from './seen.ts';
import { endOf } from './tftp-seen.ts';
import { bytesText, quoted } from './words.ts';

export interface Exchange {
  /** MAC address, else IPv4 address. */
  readonly computer: string;
  /** Firmware and quirks in words. */
  readonly who: string;
  readonly guid: string | null;
  /** Milliseconds since the first packet. */
  readonly started: number;
  readonly lines: readonly Line[];
  readonly findings: readonly Finding[];
  /** How far it came. */
  readonly outcome: string;
}

export interface Explanation {
  readonly packets: number;
  readonly exchanges: readonly Exchange[];
  /** Computers that spoke DHCP without asking for a boot. */
  readonly otherClients: number;
  /** About the recording as a whole. */
  readonly findings: readonly Finding[];
}

export interface ExplainOptions extends Partial<RuleContext> {
  readonly ports?: CollectPorts;
  /** When listening ended, milliseconds since the first packet; that of the last packet unless given. */
  readonly end?: number;
}

export interface Explainer {
  take(packet: SeenPacket): void;
  /** What was taken; `end`: when listening ended, as in the options. */
  explained(end?: number): Explanation;
}

/** Explains what is taken piece by piece. Throws nothing for what packets hold. */
export function explainer(options: ExplainOptions = {}): Explainer {
  const { servers = new Set<string>(), settings = null, ports = USUAL_PORTS } = options;
  const packetsOf = collector(ports);
  return {
    take: (packet) => packetsOf.take(packet),
    explained(given) {
      const { machines, packets, otherClients, unreadable, end: last } = packetsOf.collected();
      const end = given ?? options.end ?? last;
      const exchanges = machines.flatMap((machine) =>
        attemptsOf(machine, end).map((attempt) => exchangeOf(machine, attempt, { servers, settings })),
      );
      return {
        packets,
        exchanges: exchanges
          .filter(({ lines }) => lines.length > 0)
          .toSorted((one, other) => one.started - other.started),
        otherClients,
        findings: unreadable.map((text) => finding('recordingCut', text)),
      };
    },
  };
}

/** Explains what was seen. Pure; throws nothing for what packets hold. */
export function explain(packets: Iterable<SeenPacket>, options: ExplainOptions = {}): Explanation {
  const taken = explainer(options);
  for (const packet of packets) taken.take(packet);
  return taken.explained();
}

function exchangeOf(machine: Machine, attempt: Attempt, context: RuleContext): Exchange {
  const findings = [...DHCP_RULES, ...FILE_RULES].flatMap((rule) => rule(attempt, context));
  return {
    computer: machine.name,
    who: attempt.asker === null ? 'firmware unknown: no question was seen' : askerWords(attempt),
    guid: attempt.client?.guid ?? null,
    started: attempt.started,
    lines: linesOf(attempt),
    findings,
    outcome: outcomeOf(attempt),
  };
}

/** The furthest that was reached. */
function outcomeOf(attempt: Attempt): string {
  const { transfers, httpRequests, replies, acknowledged, offers, selection } = attempt;
  const whole = transfers.filter((one) => endOf(one) === 'complete');
  const image = whole.find(({ name }) => /\.wim$/i.test(name));
  if (image)
    return `the boot image ${quoted(image.name)} was read in full (${bytesText(image.bytes)}): Windows PE can start`;
  const fetched = httpRequests.filter(
    ({ method, status, length, bytes }) => method === 'GET' && status === 200 && (length === null || bytes >= length),
  );
  const web = fetched.find(({ path }) => /\.(wim|iso|img)(\?|$)/i.test(path));
  if (web) return `${quoted(web.path)} was read in full by HTTP (${bytesText(web.bytes)})`;
  const loader = loaderName(attempt);
  const last = whole.at(-1) ?? null;
  if (last !== null)
    return `${whole.length} ${whole.length === 1 ? 'file was' : 'files were'} read in full, the last one ${quoted(last.name)}`;
  const [first] = fetched;
  if (first) return `${quoted(first.path)} was read in full by HTTP (${bytesText(first.bytes)})`;
  if (transfers.length > 0 || httpRequests.length > 0) return 'no file was read in full';
  if (loader !== null && (replies.length > 0 || acknowledged !== null))
    return `${quoted(loader)} was named and not asked for`;
  if (selection.boot !== null) return 'a boot was offered and nothing loaded';
  return offers.length === 0 ? 'nobody answered' : 'nothing to boot was offered';
}
