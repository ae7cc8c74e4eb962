/** Other servers: the question that makes them speak, and what their answer says. Pure. */
import { ARCHITECTURES, PROBE_CLASS } from '../boot/index.ts';
import {
  BROADCAST_FLAG,
  bootFile,
  clientArchitectures,
  type DhcpMessage,
  latin1,
  machineIdentifier,
  maximumMessageSize,
  messageType,
  messageTypeOption,
  networkInterface,
  NO_ADDRESS,
  option,
  parameterRequestList,
  pxeOptions,
  rawOption,
  readOption,
  serverIdentifier,
  serverName,
  userClass,
  vendorClass,
} from '../dhcp/index.ts';
import { FormatError } from '../../src/core/index.ts';
import type { Rival } from './types.ts';

/** Asked for each: servers may have a boot file for some architectures alone. */
export const PROBED: readonly number[] = ARCHITECTURES.filter(
  ({ served, name }) => served && !name.includes('sent as') && !name.includes('x86'),
).map(({ code }) => code);

/** A DISCOVER of a boot client with our MAC address; replies are to be broadcast. */
export function probeMessage(architecture: number, mac: string, xid: number): DhcpMessage {
  const http = (ARCHITECTURES[architecture]?.name ?? '').includes('HTTP');
  const arch = String(architecture).padStart(5, '0');
  const chaddr = new Uint8Array(16);
  chaddr.set(mac.split(':').map((part) => Number.parseInt(part, 16)));
  return {
    op: 1,
    htype: 1,
    hlen: 6,
    hops: 0,
    xid,
    secs: 4,
    flags: BROADCAST_FLAG,
    ciaddr: NO_ADDRESS,
    yiaddr: NO_ADDRESS,
    siaddr: NO_ADDRESS,
    giaddr: NO_ADDRESS,
    chaddr,
    sname: new Uint8Array(64),
    file: new Uint8Array(128),
    options: [
      option(messageTypeOption, messageType.discover),
      option(maximumMessageSize, 1472),
      option(parameterRequestList, Uint8Array.of(1, 3, 43, 54, 60, 66, 67, 97)),
      option(vendorClass, `${http ? 'HTTPClient' : 'PXEClient'}:Arch:${arch}:UNDI:003016`),
      option(clientArchitectures, [architecture]),
      option(networkInterface, { type: 1, major: 3, minor: 16 }),
      // Firmware that knows no GUID sends zeros.
      option(machineIdentifier, '00000000-0000-0000-0000-000000000000'),
      // For those who read a recording: no computer is about to boot.
      option(userClass, [PROBE_CLASS]),
    ],
  };
}

/** What an offer says about its sender; null when it is no offer, or ours. Throws nothing. */
export function rivalOf(
  message: DhcpMessage,
  source: string,
  interfaceName: string,
  own: ReadonlySet<string>,
): Rival | null {
  try {
    return readRival(message, source, interfaceName, own);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

function readRival(
  message: DhcpMessage,
  source: string,
  interfaceName: string,
  own: ReadonlySet<string>,
): Rival | null {
  if (message.op !== 2 || readOption(message, messageTypeOption) !== messageType.offer) return null;
  const identifier = readOption(message, serverIdentifier) ?? null;
  if (own.has(source) || (identifier !== null && own.has(identifier))) return null;
  const file = readOption(message, bootFile) || latin1(message.file);
  const gives = message.yiaddr !== NO_ADDRESS;
  const classText = readOption(message, vendorClass) ?? null;
  const pxe = rawOption(message, pxeOptions.code) !== undefined;
  const boots = file !== '' || pxe || /^(PXE|HTTP)Client/.test(classText ?? '');
  if (!gives && !boots) return null;
  const next = message.siaddr === NO_ADDRESS ? (readOption(message, serverName) ?? null) : message.siaddr;
  const kind = gives ? (boots ? 'addressAndBoot' : 'address') : 'proxy';
  const shown = { classText, file: file === '' ? null : file, next, pxe };
  return {
    kind,
    interfaceName,
    source,
    serverIdentifier: identifier,
    vendorClass: classText,
    nextServer: next,
    file: shown.file,
    text: sentence(kind, identifier ?? source, interfaceName, shown),
  };
}

/** The same where we give addresses: it came after us, or a probe did not hear it. */
export function besideOurs(rival: Rival): Rival {
  if (rival.kind !== 'address') return rival;
  const server = rival.serverIdentifier ?? rival.source;
  return {
    ...rival,
    kind: 'alsoGives',
    text: `DHCP server ${server} on ${rival.interfaceName} gives addresses, too: two computers may get the same one.`,
  };
}

function sentence(
  kind: Rival['kind'],
  server: string,
  interfaceName: string,
  shown: { classText: string | null; file: string | null; next: string | null; pxe: boolean },
): string {
  if (kind === 'address' || kind === 'alsoGives')
    return `DHCP server ${server} on ${interfaceName} gives addresses and no boot file.`;
  const file = shown.file === null ? '' : `, boot file ${JSON.stringify(shown.file)}`;
  const next = shown.next === null ? '' : `, server ${shown.next}`;
  const named = shown.classText === null ? '' : `, option 60 ${JSON.stringify(shown.classText)}`;
  const menu = shown.pxe ? ', option 43' : '';
  const offers = `${file}${next}${named}${menu}`.slice(2);
  if (kind === 'proxy') return `Another network boot server, ${server} on ${interfaceName}, offers: ${offers}.`;
  const wins = shown.classText?.startsWith('PXEClient')
    ? 'firmware prefers it to every other network boot server'
    : 'clients that hear nothing else take it';
  return `DHCP server ${server} on ${interfaceName} offers network boot itself: ${offers}; ${wins}.`;
}
