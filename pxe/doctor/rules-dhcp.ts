/** Rules about offers and addresses: each looks at one attempt and says what is wrong, or nothing. */
import { type BootSettings, classify, REASONS } from '../boot/index.ts';
import { nextOf, urlHost } from '../client/index.ts';
import { NO_ADDRESS } from '../dhcp/index.ts';
import { type Attempt, type SeenOffer, unique } from './attempt.ts';
import { type Finding, finding } from './findings.ts';
import { quoted } from './words.ts';

export interface RuleContext {
  /** Addresses of the server that is asked about; empty when nothing was said. */
  readonly servers: ReadonlySet<string>;
  /** Its settings, where they are known. */
  readonly settings: BootSettings | null;
}

export type Rule = (attempt: Attempt, context: RuleContext) => Finding[];

/** The computer itself: can it be served at all, by its firmware or by our settings? */
const asker: Rule = ({ asker: found, discovers }, { settings, servers }) => {
  if (found?.kind === 'ignored')
    return [finding('notServed', `no server answers this computer: ${REASONS[found.reason]} (${found.text})`)];
  const [first] = discovers;
  if (first === undefined || settings === null) return [];
  const [own = NO_ADDRESS] = servers;
  const { message, udp } = first;
  const judged = classify(
    { message, port: 67, source: { address: udp.sourceAddress, port: udp.sourcePort }, ownAddress: own },
    settings,
  );
  if (judged.kind === 'request') return [];
  const code = judged.reason === 'relayNotAllowed' ? 'relayNotAllowed' : 'ourSilence';
  return [finding(code, `the server leaves this question alone: ${REASONS[judged.reason]} (${judged.text})`)];
};

/** So long a question may go unanswered, milliseconds. */
const ANSWER_TIME = 2000;

/** Is there an address and a boot offer? */
const offered: Rule = (attempt, { servers }) => {
  const { discovers, offers, late, asker: found, selection, questions, requests, quiet, addressed } = attempt;
  if (discovers.length === 0 || found?.kind !== 'client') return [];
  // The recording ends right behind the question.
  if (quiet < ANSWER_TIME && discovers.length === 1) return [];
  const all = [...offers, ...late];
  const relay = discovers[0]?.message.giaddr ?? NO_ADDRESS;
  if (all.length === 0) {
    const through =
      relay === NO_ADDRESS
        ? ''
        : ` (through relay ${relay}: is it on the list of relays, does the way back to it exist?)`;
    return [finding('nobodyAnswers', `asked ${times(discovers.length)} and nobody answered${through}`)];
  }
  const addresses = all.filter(({ offer }) => !offer.proxy);
  if (!addressed && addresses.length === 0 && requests.length === 0 && questions.length === 0) {
    return [finding('noAddress', `${names(all)} offers a boot, and nobody offers an address`)];
  }
  if (selection.boot !== null || addresses.length === 0 || all.some(({ offer }) => offer.class !== 'plain')) return [];
  const relayed = addresses.find(({ message }) => message.giaddr !== NO_ADDRESS);
  if (relayed) {
    return [
      finding(
        'relayMissing',
        `the address came through relay ${relayed.message.giaddr}, and no boot server answered: the question reaches the DHCP server alone`,
      ),
    ];
  }
  const silent = servers.size === 0 ? 'no boot server' : `${[...servers].join(', ')} did not; no other`;
  return [finding('noBootOffer', `${names(addresses)} offers an address, ${silent} says what to boot`)];
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
const names = (offers: readonly SeenOffer[]): string =>
  [...new Set(offers.map(({ udp }) => udp.sourceAddress))].join(', ');

/** Who else answers? */
const rivals: Rule = ({ offers, late, selection }, { servers }) => {
  const found: Finding[] = [];
  const all = unique([...offers, ...late]);
  const proxies = all.filter(({ offer }) => offer.proxy && offer.class !== 'plain');
  const places = new Map(proxies.map((seen) => [seen.udp.sourceAddress, seen]));
  const taken = selection.boot?.source ?? null;
  if (places.size > 1) {
    const others = [...places.keys()].filter((address) =>
      servers.size === 0 ? address !== taken : !servers.has(address),
    );
    found.push(
      finding(
        'rivalServer',
        `${places.size} boot servers answer: ${[...places.keys()].join(', ')}; the firmware takes ${taken ?? 'none'}${others.length === 0 ? '' : `, too many: ${others.join(', ')}`}`,
      ),
    );
  }
  const foreign = proxies.find(({ udp }) => servers.size > 0 && !servers.has(udp.sourceAddress));
  if (places.size === 1 && foreign) {
    found.push(
      finding(
        'rivalServer',
        `${foreign.udp.sourceAddress} answers as boot server, and it is not ${[...servers].join(', ')}`,
      ),
    );
  }
  const own = all.find(({ offer }) => !offer.proxy && (offer.class === 'pxe10' || offer.class === 'http'));
  if (own && proxies.length > 0) {
    found.push(
      finding(
        'dhcpServerBoots',
        `the DHCP server ${own.udp.sourceAddress} sends boot options of its own: no boot server is listened to`,
      ),
    );
  }
  const named = all.find(({ offer }) => !offer.proxy && offer.class === 'plain' && offer.file !== '');
  if (named) {
    const used = selection.boot?.source === named.udp.sourceAddress && selection.boot.file === named.offer.file;
    found.push(
      finding(
        'dhcpServerNamesFile',
        `the DHCP server ${named.udp.sourceAddress} names ${quoted(named.offer.file)}, which the firmware ${used ? 'takes' : 'does not take'}`,
      ),
    );
  }
  return found;
};

/** Offers that firmware drops or cannot use. */
const broken: Rule = ({ offers, late, chooser, requests, selection }) => {
  const found: Finding[] = [];
  const boots = unique(offers).filter(({ offer }) => offer.class !== 'plain' || offer.file !== '');
  for (const { offer, udp } of boots) {
    if (offer.identifier === null && chooser !== 'ipxe') {
      found.push(
        finding('offerWithoutServer', `the offer of ${udp.sourceAddress} has no server identifier (option 54)`),
      );
    }
    if (offer.class === 'pxe10' && nextOf(offer) === 'nothing') {
      found.push(
        finding('offerWithoutFile', `the offer of ${udp.sourceAddress} says that the file is in it, and has none`),
      );
    }
    if (chooser === 'http' && offer.proxy && offer.class !== 'http') {
      found.push(finding('notForHttpBoot', `the offer of ${udp.sourceAddress} does not say HTTPClient`));
    }
    const host = urlHost(offer.file);
    if (chooser === 'http' && offer.class === 'http' && selection.boot === null) {
      const why = host === null ? 'is no URL' : host.numeric ? '' : 'has a host name, and no DNS server was offered';
      if (why !== '') found.push(finding('urlUnusable', `${quoted(offer.file)} of ${udp.sourceAddress} ${why}`));
    }
    if (selection.next === 'menu' && selection.boot === offer && offer.pxe?.prompt?.timeout !== 0) {
      found.push(finding('menuWaits', `${udp.sourceAddress} shows a menu: nothing boots without a key`));
    }
  }
  const before = requests[0]?.at;
  for (const { offer, udp, at } of unique(late)) {
    if (
      before === undefined ||
      offer.class === 'plain' ||
      offers.some((seen) => seen.udp.sourceAddress === udp.sourceAddress)
    )
      continue;
    found.push(
      finding(
        'lateOffer',
        `the offer of ${udp.sourceAddress} came ${Math.round(at - before)} ms after the computer had chosen`,
      ),
    );
  }
  return found;
};

/** The address, and the second question. */
const second: Rule = ({ requests, acknowledged, refused, questions, replies, selection, client, quiet }) => {
  const found: Finding[] = [];
  if (refused) found.push(finding('addressRefused', `${refused.udp.sourceAddress} took its offer back (NAK)`));
  else if (requests.length > 0 && acknowledged === null && questions.length === 0 && quiet >= ANSWER_TIME) {
    found.push(finding('noAcknowledgement', 'the address was requested and never given'));
  }
  const [asked] = questions;
  if (asked === undefined || asked.bootServer !== 'target') return found;
  if (replies.length === 0 && quiet < ANSWER_TIME && questions.length === 1) return found;
  if (replies.length === 0) {
    const server = asked.udp.targetAddress;
    const text = `${server} was asked ${times(questions.length)} on port ${asked.udp.targetPort} and did not answer`;
    const dhcp = selection.boot !== null && !selection.boot.proxy && selection.boot.class === 'askMe';
    found.push(
      dhcp
        ? finding('optionSixtyAlone', `${text}: the DHCP server sends option 60 and no boot server runs there`)
        : finding('bootServerSilent', text),
    );
  } else if (client?.firmware === 'ipxe' && replies.every(({ bootServer }) => bootServer !== 'source')) {
    found.push(finding('bootServerPort', `the reply came from port ${replies[0]?.udp.sourcePort ?? 0}`));
  }
  return found;
};

export const DHCP_RULES: readonly Rule[] = [asker, offered, rivals, broken, second];
