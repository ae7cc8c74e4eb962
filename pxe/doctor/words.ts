/** Numbers, names and offers in words. What comes from the network is quoted and has no control characters. */
import { leaseTime, NO_ADDRESS, readOption, routers, subnetMask, vendorClass } from '../dhcp/index.ts';
import { QUIRKS, type Quirk } from '../boot/index.ts';
import type { SeenOffer } from './attempt.ts';

const MOST_CHARACTERS = 200;

/** A name of the network, quoted as JSON does, without anything that steers a terminal. */
export const quoted = (text: string): string =>
  `"${text
    .slice(0, MOST_CHARACTERS)
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .replaceAll('"', "'")}"`;

/** Bytes: exact below a million, then in millions. */
export const bytesText = (bytes: number): string => (bytes < 1e6 ? `${bytes} bytes` : `${(bytes / 1e6).toFixed(1)} MB`);

/** Milliseconds. */
export const timeText = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** Bytes in milliseconds as a rate; empty for what is too short to say. */
export function rateText(bytes: number, milliseconds: number): string {
  if (bytes < 100_000 || milliseconds < 1) return '';
  return `, ${(bytes / milliseconds / 1000).toFixed(1)} MB/s`;
}

export const quirkText = (quirk: Quirk): string => QUIRKS[quirk].seen;

const attempt = <T>(read: () => T | undefined): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** What an offer or reply says; of a boot server's reply the address is left out, which it may repeat. */
export function offerWords({ offer, message }: Pick<SeenOffer, 'offer' | 'message'>, withAddress = true): string {
  const parts: string[] = [];
  if (offer.proxy && withAddress) parts.push('no address');
  else if (withAddress) {
    const lease = attempt(() => readOption(message, leaseTime));
    const mask = attempt(() => readOption(message, subnetMask));
    const way = attempt(() => readOption(message, routers));
    parts.push(
      [
        `address ${message.yiaddr}`,
        mask ? `mask ${mask}` : '',
        way ? `router ${way.join(', ')}` : 'no router',
        lease === undefined ? '' : `for ${lease} s`,
      ]
        .filter((text) => text !== '')
        .join(', '),
    );
  }
  const own = attempt(() => readOption(message, vendorClass));
  if (own !== undefined) parts.push(`option 60 ${quoted(own)}`);
  parts.push(...bootWords(offer));
  if (message.giaddr !== NO_ADDRESS) parts.push(`through relay ${message.giaddr}`);
  if (offer.identifier === null) parts.push('without option 54');
  else if (offer.identifier !== offer.source) parts.push(`as server ${offer.identifier}`);
  return parts.join('; ');
}

function bootWords(offer: SeenOffer['offer']): string[] {
  const { pxe, file, server, class: kind } = offer;
  const parts: string[] = [];
  if (file !== '') parts.push(`boot file ${quoted(file)}${/^https?:/i.test(file) ? '' : ` on ${server}`}`);
  if (kind === 'askMe' && file === '') parts.push(`wants to be asked on port 4011 of ${server}`);
  if (pxe?.menu || pxe?.prompt) {
    const items = (pxe.menu ?? []).map(({ text }) => quoted(text)).join(', ');
    const wait = pxe.prompt === undefined ? '' : ` ${quoted(pxe.prompt.text)} ${waitWords(pxe.prompt.timeout)}`;
    parts.push(`menu${wait}${items === '' ? '' : `: ${items}`}`);
  }
  if (pxe?.discoveryControl !== undefined) parts.push(controlWords(pxe.discoveryControl));
  return parts;
}

/** PXE 2.1, sub-option 10. */
const waitWords = (timeout: number): string =>
  timeout === 0 ? 'that takes its first item at once' : timeout === 255 ? 'that waits for ever' : `for ${timeout} s`;

function controlWords(control: number): string {
  const bits = [
    control & 8 ? 'boot the file of this packet' : '',
    control & 4 ? 'listed servers only' : '',
    (control & 3) === 3 ? 'ask no others' : '',
  ].filter((text) => text !== '');
  return bits.length === 0 ? `PXE discovery ${control}` : bits.join(', ');
}
