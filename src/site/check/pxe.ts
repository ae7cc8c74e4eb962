/** What two PXE settings of a distribution point say together (SITE-12). */
import { type DistributionPoint, normalMac, type SiteObject } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import type { Check, CheckContext } from './types.ts';

type Point = SiteObject<'distributionPoint'>;
type Pxe = NonNullable<DistributionPoint['pxe']>;

/** UDP payload of one Ethernet frame without the 4 bytes of a TFTP header (RFC 2348). */
const LARGEST_BLOCK = 1468;
/** As many addresses as a /16 has. */
const LARGEST_RANGE = 65_536;

export const checkPxe: Check = (context) => {
  const excluded = devicesByMac(context);
  for (const point of context.site.all('distributionPoint')) {
    const { pxe } = point.value;
    if (pxe === undefined) continue;
    checkTftp(context, point, pxe);
    checkDhcpServer(context, point, pxe);
    checkUnknown(context, point, pxe);
    if (typeof pxe.password === 'object' && pxe.passwordVerifier === undefined) {
      const message =
        'nobody is asked for this password: `osdkit pxe password` writes what Windows PE compares it with';
      warn(context, point, ['password'], message);
    }
    for (const [index, mac] of (pxe.excludedMacAddresses ?? []).entries()) {
      const device = excluded.get(normalMac(mac));
      if (device === undefined) continue;
      warn(context, point, ['excludedMacAddresses', index], `${device} has ${mac}, so this point never answers it`);
    }
  }
};

type Path = readonly (string | number)[];

function refuse({ report }: CheckContext, point: Point, path: Path, message: string): void {
  report(point, ['pxe', ...path], { code: siteCode.SITE_PXE, message });
}

function warn({ report }: CheckContext, point: Point, path: Path, message: string): void {
  report(point, ['pxe', ...path], { code: siteCode.SITE_PXE, message, severity: 'warning' });
}

function devicesByMac({ site }: CheckContext): ReadonlyMap<string, string> {
  const devices = site.all('device');
  return new Map(
    devices.flatMap(({ name, value }) => (value.macAddresses ?? []).map((mac) => [normalMac(mac), name] as const)),
  );
}

function checkTftp(context: CheckContext, point: Point, { tftp }: Pxe): void {
  const { blockSize = 0, window = 1, maxWindow = 64 } = tftp ?? {};
  if (window > maxWindow) {
    refuse(context, point, ['tftp', 'window'], `window ${window} is larger than maxWindow ${maxWindow}`);
  }
  if (blockSize > LARGEST_BLOCK) {
    const message = `blocks of ${blockSize} bytes travel in fragments, which much firmware cannot put together: at most ${LARGEST_BLOCK} go into one packet`;
    warn(context, point, ['tftp', 'blockSize'], message);
  }
}

function checkDhcpServer(context: CheckContext, point: Point, { dhcpServer, optionOnly }: Pxe): void {
  if (dhcpServer === undefined) return;
  if (optionOnly === true) {
    refuse(context, point, ['optionOnly'], 'optionOnly is for a DHCP server beside osdkit, dhcpServer for none at all');
  }
  const { range, prefixLength = 24, router } = dhcpServer;
  const [first = 0, last = 0] = range.split('-').map(numberOf);
  const network = (address: number) => Math.floor(address / 2 ** (32 - prefixLength));
  const at = ['dhcpServer', 'range'];
  if (last < first) refuse(context, point, at, `${range} ends before it begins`);
  else if (last - first >= LARGEST_RANGE) {
    refuse(context, point, at, `${range} has more than ${LARGEST_RANGE} addresses`);
  } else if (network(first) !== network(last)) {
    refuse(context, point, at, `${range} is not in one subnet of prefix length ${prefixLength}`);
  }
  if (router === undefined) return;
  const gateway = numberOf(router);
  if (gateway >= first && gateway <= last) {
    refuse(context, point, ['dhcpServer', 'router'], `the router ${router} is in the range that clients get`);
  } else if (network(gateway) !== network(first)) {
    refuse(context, point, ['dhcpServer', 'router'], `the router ${router} is in another subnet than ${range}`);
  }
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function checkUnknown(context: CheckContext, point: Point, pxe: Pxe): void {
  if (pxe.unknownComputers === true) return;
  for (const key of ['approval', 'unknownArchitectures'] as const) {
    const value = pxe[key];
    if (value === undefined || value === false) continue;
    warn(context, point, [key], `${key} has no effect: unknownComputers is not true`);
  }
}
