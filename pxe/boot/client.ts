/** Who asks: `identify` reads from a message what decides about network boot, and says why it is none of ours. */
import { hexByte } from '../../images/bytes/index.ts';
import { FormatError } from '../../src/core/index.ts';
import {
  clientArchitectures,
  type DhcpMessage,
  ipxeFeature,
  ipxeOptions,
  isBlankGuid,
  machineIdentifier,
  maximumMessageSize,
  rawOption,
  readOption,
  userClass,
  vendorClass,
} from '../dhcp/index.ts';
import { type Architecture, chooseArchitecture } from './architectures.ts';
import type { Quirk } from './quirks.ts';
import type { Reason } from './reasons.ts';

/** What kind of answer a client understands: the rows of PXE-09. */
export type Firmware = 'bios' | 'uefi' | 'uefiHttp' | 'ipxe';

/** User class (option 77) of the questions by which our servers look for others; they are answered like any client's. */
export const PROBE_CLASS = 'osdkit-probe';

export interface BootClient {
  readonly firmware: Firmware;
  readonly architecture: Architecture;
  /** Lower-case with colons; `null` when the hardware address is no Ethernet address. */
  readonly mac: string | null;
  /** Lower-case SMBIOS GUID; `null` when the firmware knows none. */
  readonly guid: string | null;
  readonly vendorClass: 'PXEClient' | 'HTTPClient';
  /** iPXE alone: it can load by HTTP. */
  readonly ipxeHttp: boolean;
  /** Largest UDP payload of a reply, in bytes. */
  readonly maximumReply: number;
  readonly quirks: readonly Quirk[];
}

export type Identified =
  | { readonly kind: 'client'; readonly client: BootClient }
  | { readonly kind: 'ignored'; readonly reason: Reason; readonly text: string };

const HEADERS = 28;
/** Without option 57 a client takes the smallest datagram that all must take (RFC 2131 section 2). */
const SMALLEST = 576;
const ETHERNET_FRAME = 1500;

const ignored = (reason: Reason, text: string): Identified => ({ kind: 'ignored', reason, text });

/** Identifies the sender of a request. Throws nothing: malformed options are a reason. */
export function identify(message: DhcpMessage): Identified {
  if (message.op !== 1) return ignored('notRequest', `op ${message.op}`);
  const whole = readOption(message, vendorClass) ?? '';
  const own = whole.startsWith('PXEClient') ? 'PXEClient' : whole.startsWith('HTTPClient') ? 'HTTPClient' : undefined;
  if (own === undefined)
    return ignored('notBootClient', whole === '' ? 'no option 60' : `option 60 ${JSON.stringify(whole)}`);
  try {
    return identifyBootClient(message, own, whole);
  } catch (error) {
    if (error instanceof FormatError) return ignored('malformed', error.message);
    throw error;
  }
}

function identifyBootClient(message: DhcpMessage, own: BootClient['vendorClass'], whole: string): Identified {
  const quirks: Quirk[] = [];
  const ipxe = isIpxe(message, quirks);
  const architecture = architectureOf(message, whole, quirks);
  if (architecture === undefined) return ignored('architectureMissing', `option 60 ${JSON.stringify(whole)}`);
  // iPXE runs scripts everywhere; whether there is an image for it is for the decision.
  if (!architecture.served && !ipxe) {
    return ignored('architectureNotServed', `architecture ${architecture.code}, ${architecture.name}`);
  }
  const mac = macOf(message);
  const guid = guidOf(message, quirks);
  if (mac === null && guid === null) return ignored('noIdentity', `hardware type ${message.htype}`);
  const plain: Firmware = own === 'HTTPClient' ? 'uefiHttp' : architecture.platform === 'bios' ? 'bios' : 'uefi';
  const client: BootClient = {
    firmware: ipxe ? 'ipxe' : plain,
    architecture,
    mac,
    guid,
    vendorClass: own,
    ipxeHttp: ipxe && hasFeature(message, ipxeFeature.http),
    maximumReply: maximumReply(message, quirks),
    quirks,
  };
  return { kind: 'client', client };
}

function isIpxe(message: DhcpMessage, quirks: Quirk[]): boolean {
  const classes = readOption(message, userClass) ?? [];
  const raw = rawOption(message, userClass.code);
  if (classes.includes('iPXE') && raw?.length === 4) quirks.push('bareUserClass');
  // A loader that iPXE starts may lose the class, so either is enough (boot-standards 2.5).
  return classes.includes('iPXE') || rawOption(message, ipxeOptions.code) !== undefined;
}

function hasFeature(message: DhcpMessage, feature: number): boolean {
  return (readOption(message, ipxeOptions) ?? []).some(
    ({ code, data }) => code === feature && data.some((byte) => byte !== 0),
  );
}

function architectureOf(message: DhcpMessage, whole: string, quirks: Quirk[]): Architecture | undefined {
  const digits = /Arch:(\d{5})/.exec(whole)?.[1];
  const codes = readOption(message, clientArchitectures);
  if (codes === undefined && digits !== undefined) quirks.push('architectureFromClass');
  if (codes !== undefined && digits !== undefined && !codes.includes(Number(digits)))
    quirks.push('architectureDiffers');
  const found = chooseArchitecture(codes ?? (digits === undefined ? [] : [Number(digits)]));
  if (found?.code === 9 || found?.code === 17) quirks.push('byteCodeForX64');
  return found;
}

function macOf({ htype, hlen, chaddr }: DhcpMessage): string | null {
  const bytes = chaddr.subarray(0, 6);
  if (htype !== 1 || hlen !== 6 || bytes.every((byte) => byte === 0)) return null;
  return macText(bytes);
}

/** Lower-case with colons. */
export function macText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += (at === 0 ? '' : ':') + hexByte(bytes[at] ?? 0);
  return text;
}

function guidOf(message: DhcpMessage, quirks: Quirk[]): string | null {
  const data = rawOption(message, machineIdentifier.code);
  if (data !== undefined && (data.length !== 17 || data[0] !== 0)) {
    quirks.push('malformedGuid');
    return null;
  }
  const guid = data === undefined ? '' : machineIdentifier.decode(data);
  if (data !== undefined && !isBlankGuid(guid)) return guid;
  quirks.push('blankGuid');
  return null;
}

function maximumReply(message: DhcpMessage, quirks: Quirk[]): number {
  const asked = readOption(message, maximumMessageSize);
  if (asked === undefined) return SMALLEST - HEADERS;
  if (asked < SMALLEST || asked > ETHERNET_FRAME) quirks.push('absurdMaximumSize');
  return Math.min(ETHERNET_FRAME, Math.max(SMALLEST, asked)) - HEADERS;
}

/** One text for one computer during an exchange: its MAC address, else its GUID. Not the device's identity in the site. */
export function clientKey({ mac, guid }: BootClient): string {
  return mac ?? guid ?? '';
}
