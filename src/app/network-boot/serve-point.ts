/** The distribution point that this computer is, and its settings as the servers take them. */
import type { ResponderSettings } from '../../../pxe/responder/index.ts';
import { InputError } from '../../core/index.ts';
import { normalMac, type PxeSettings, type Site, type SiteObject } from '../../model/index.ts';
import { networkBootCode } from './codes.ts';
import { PUBLISH_DEFAULTS, type TftpReading } from './published-settings.ts';

export type PointObject = SiteObject<'distributionPoint'>;

/** Throws InputError (`SERVE_POINT`) where none of that name answers network boot, or not exactly one without a name. */
export function pointOf(site: Site, named: string | undefined): PointObject {
  const all = site.all('distributionPoint');
  const serving = all.filter(({ value }) => value.pxe?.enabled === true);
  if (named !== undefined) {
    const found = all.find(({ name, id }) => same(name, named) || (id !== undefined && same(id, named)));
    if (found !== undefined && serving.includes(found)) return found;
    const names = serving.map(({ name }) => JSON.stringify(name)).join(', ') || 'none';
    const what = found === undefined ? 'the site has no distribution point' : 'PXE is off at distribution point';
    throw new InputError(networkBootCode.SERVE_POINT, `${what} ${JSON.stringify(named)}; with PXE on: ${names}`);
  }
  const [only, ...others] = serving;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) {
    throw new InputError(networkBootCode.SERVE_POINT, 'no distribution point of the site answers network boot', {
      hint: 'In a file of distribution-points/ set pxe: {enabled: true}.',
    });
  }
  const names = serving.map(({ name }) => JSON.stringify(name)).join(', ');
  throw new InputError(networkBootCode.SERVE_POINT, `several distribution points answer network boot: ${names}`, {
    hint: 'Say with --point which of them this computer is.',
  });
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What the DHCP side is told of a point. */
export function responderSettings(pxe: PxeSettings): ResponderSettings {
  const { optionOnly, dhcpServer, relays = [], excludedMacAddresses = [], delay = 0 } = pxe;
  const common = {
    relays,
    ignoredMacs: excludedMacAddresses.map((mac) => normalMac(mac).toLowerCase()),
    delay: delay * 1000,
  };
  if (dhcpServer === undefined) return { ...common, mode: optionOnly === true ? 'bootServerOnly' : 'proxy' };
  const [first = '', last = ''] = dhcpServer.range.split('-');
  const { router, dnsServers, domain, prefixLength = 24, leaseTime = 60 } = dhcpServer;
  return {
    ...common,
    mode: 'full',
    lease: {
      first,
      last,
      prefixLength,
      leaseTime: leaseTime * 60,
      ...(router === undefined ? {} : { router }),
      ...(dnsServers === undefined ? {} : { dnsServers }),
      ...(domain === undefined ? {} : { domain }),
    },
  };
}

/** How boot managers are told to read. */
export function tftpReading({ tftp = {} }: PxeSettings): TftpReading {
  const { blockSize, window, queueBudget } = tftp;
  const standard = PUBLISH_DEFAULTS.tftp;
  return {
    ...standard,
    blockSize: blockSize ?? standard.blockSize,
    window: window ?? standard.window,
    queueBudget: queueBudget === undefined ? standard.queueBudget : queueBudget * 1000,
  };
}

/** Settings that a running server keeps until its next start, as text to compare. */
export function fixedSettings({ optionOnly, dhcpServer, interfaces, linkSpeed, pacing, tftp }: PxeSettings): string {
  const { maxWindow, queueBudget } = tftp ?? {};
  const mode = optionOnly === true ? 'option' : dhcpServer === undefined ? 'proxy' : 'full';
  return JSON.stringify([
    mode,
    interfaces ?? [],
    linkSpeed ?? null,
    pacing ?? true,
    maxWindow ?? null,
    queueBudget ?? null,
  ]);
}
