/** The messages that a client sends, as its firmware writes them. */
import {
  BROADCAST_FLAG,
  clientArchitectures,
  type DhcpMessage,
  encodeMessage,
  ipxeFeature,
  ipxeOptions,
  machineIdentifier,
  maximumMessageSize,
  messageType,
  messageTypeOption,
  networkInterface,
  NO_ADDRESS,
  option,
  parameterRequestList,
  type PxeOptions,
  pxeOptions,
  type RawOption,
  serverIdentifier,
  userClass,
  vendorClass,
} from '../dhcp/index.ts';
import { encodeLatin1 } from '../../images/bytes/index.ts';
import { InputError } from '../../src/core/index.ts';
import { clientCode } from './codes.ts';
import type { ClientProfile } from './kinds.ts';

/** Which computer the client is. */
export interface ClientIdentity {
  /** Six pairs of hex digits with colons, hyphens or nothing between. */
  readonly mac: string;
  /** SMBIOS GUID; `null` sends zeros, as firmware does that knows none. */
  readonly guid: string | null;
}

export interface Question {
  readonly profile: ClientProfile;
  readonly identity: ClientIdentity;
  readonly xid: number;
  /** The address that it has, `0.0.0.0` before it has one. */
  readonly ciaddr: string;
  /** Address of a relay; `0.0.0.0` unless a test plays one. */
  readonly giaddr?: string;
}

/** The bytes of a MAC address. InputError (`PXE_CLIENT_IDENTITY`). */
export function macBytes(text: string): Uint8Array {
  const digits = text.replaceAll(/[:-]/g, '').toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(digits)) {
    throw new InputError(clientCode.PXE_CLIENT_IDENTITY, `${JSON.stringify(text)} is no MAC address`, {
      details: { mac: text },
    });
  }
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** The first question, broadcast on port 67. */
export function discoverMessage(question: Question): DhcpMessage {
  return message(question, messageType.discover, BROADCAST_FLAG, []);
}

/** The question to a boot server on port 4011; `item` is the choice from a menu. */
export function bootServerMessage(question: Question, server: string, item?: PxeOptions['bootItem']): DhcpMessage {
  // iPXE names the server, EDK2 does not (boot-standards 2.4, 2.5).
  const named = question.profile.ipxe ? [option(serverIdentifier, server)] : [];
  const chosen = item === undefined ? [] : [option(pxeOptions, { bootItem: item })];
  return message(question, messageType.request, 0, [...named, ...chosen]);
}

/** The bytes of a client's message: at least the 300 of BOOTP. */
export const datagramOf = (found: DhcpMessage): Uint8Array => encodeMessage(found);

function message(
  { profile, identity, xid, ciaddr, giaddr = NO_ADDRESS }: Question,
  type: number,
  flags: number,
  more: readonly RawOption[],
): DhcpMessage {
  const chaddr = new Uint8Array(16);
  chaddr.set(macBytes(identity.mac));
  const [major, minor] = profile.undi;
  const digits = (value: number, length: number): string => String(value).padStart(length, '0');
  const whole = `${profile.vendorClass}:Arch:${digits(profile.architecture, 5)}:UNDI:${digits(major, 3)}${digits(minor, 3)}`;
  return {
    op: 1,
    htype: 1,
    hlen: 6,
    hops: giaddr === NO_ADDRESS ? 0 : 1,
    xid,
    secs: 0,
    flags,
    ciaddr,
    yiaddr: NO_ADDRESS,
    siaddr: NO_ADDRESS,
    giaddr,
    chaddr,
    sname: new Uint8Array(64),
    file: new Uint8Array(128),
    options: [
      option(messageTypeOption, type),
      option(maximumMessageSize, profile.maximumSize),
      option(parameterRequestList, Uint8Array.from(profile.asks)),
      { code: machineIdentifier.code, data: guidBytes(identity.guid) },
      option(networkInterface, { type: 1, major, minor }),
      option(clientArchitectures, [profile.architecture]),
      option(vendorClass, whole),
      ...(profile.ipxe ? ipxeExtras() : []),
      ...more,
    ],
  };
}

/** Type 0 and zeros where the firmware knows no GUID. InputError (`BYTES_GUID`). */
const guidBytes = (guid: string | null): Uint8Array =>
  guid === null ? new Uint8Array(17) : machineIdentifier.encode(guid);

/** iPXE names itself without the length that RFC 3004 wants, and lists what it can. */
function ipxeExtras(): RawOption[] {
  const on = Uint8Array.of(1);
  const features = [ipxeFeature.http, ipxeFeature.tftp, ipxeFeature.pxe];
  return [
    { code: userClass.code, data: encodeLatin1('iPXE') },
    option(
      ipxeOptions,
      features.map((code) => ({ code, data: on })),
    ),
  ];
}
