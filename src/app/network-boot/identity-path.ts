/**
 * The name of a client in paths: its MAC address as 12 hexadecimal digits, without one `g` and the 32 of its GUID. It stands in TFTP
 * names and URLs, so that a transfer says whose it is and nothing has to be remembered.
 */
import type { BootClient } from '../../../pxe/boot/index.ts';

const MAC = /^[0-9a-f]{12}$/;
const GUID = /^g[0-9a-f]{32}$/;

export function clientPathKey({ mac, guid }: Pick<BootClient, 'mac' | 'guid'>): string {
  if (mac !== null) return mac.replaceAll(':', '').toLowerCase();
  return `g${(guid ?? '').replaceAll('-', '').toLowerCase()}`;
}

/** MAC address or GUID that a path names, as `BootClient` has them; undefined: neither. */
export function clientOfPath(key: string): Pick<BootClient, 'mac' | 'guid'> | undefined {
  if (MAC.test(key)) return { mac: key.replaceAll(/(..)(?!$)/g, '$1:'), guid: null };
  if (!GUID.test(key)) return undefined;
  const guid = key.slice(1).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { mac: null, guid };
}
