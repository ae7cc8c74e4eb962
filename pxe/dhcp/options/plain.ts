/** Options whose value is one number, one address, a text or a list: one row each (RFC 2132 unless said). */
import { decodeLatin1, encodeLatin1 } from '../../../images/bytes/index.ts';
import { addressNumber, addressText } from '../address.ts';
import { joinBytes } from '../option-area.ts';
import { type DhcpOption, refuseValue } from './option.ts';

function number(code: number, name: string, size: 1 | 2 | 4): DhcpOption<number> {
  return {
    code,
    name,
    decode(data) {
      if (data.length !== size) refuseValue(name, `a number of ${size} bytes`, data);
      return data.reduce((sum, byte) => sum * 256 + byte, 0);
    },
    encode(value) {
      const data = new Uint8Array(size);
      for (let at = 0; at < size; at += 1) data[at] = value >>> (8 * (size - 1 - at));
      return data;
    },
  };
}

/** Big-endian; without a DataView, which costs more than the value in it. */
const numberAt = (data: Uint8Array, at: number): number =>
  (((data[at] ?? 0) << 24) | ((data[at + 1] ?? 0) << 16) | ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0)) >>> 0;

const addressBytes = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

function addresses(code: number, name: string): DhcpOption<readonly string[]> {
  return {
    code,
    name,
    decode(data) {
      if (data.length === 0 || data.length % 4 !== 0) refuseValue(name, 'addresses of 4 bytes', data);
      return Array.from({ length: data.length / 4 }, (_, index) => addressText(numberAt(data, index * 4)));
    },
    encode: (value) => joinBytes(value.map((text) => addressBytes(addressNumber(text)))),
  };
}

function address(code: number, name: string): DhcpOption<string> {
  return {
    code,
    name,
    decode(data) {
      if (data.length !== 4) refuseValue(name, 'one address of 4 bytes', data);
      return addressText(numberAt(data, 0));
    },
    encode: (value) => addressBytes(addressNumber(value)),
  };
}

/** Senders end texts with NUL or do not (RFC 2132 section 2): what follows the first NUL is not text. */
function text(code: number, name: string, written: '' | '\0' = ''): DhcpOption<string> {
  return {
    code,
    name,
    decode: (data) => latin1(data),
    encode: (value) => encodeLatin1(value + written),
  };
}

function raw(code: number, name: string): DhcpOption<Uint8Array> {
  return { code, name, decode: (data) => data, encode: (value) => value };
}

/** Text up to the first NUL, as in the header fields `file` and `sname`. */
export function latin1(data: Uint8Array): string {
  const end = data.indexOf(0);
  return decodeLatin1(end < 0 ? data : data.subarray(0, end));
}

export const subnetMask = address(1, 'subnet mask (1)');
export const routers = addresses(3, 'routers (3)');
export const domainNameServers = addresses(6, 'DNS servers (6)');
export const domainName = text(15, 'domain name (15)');
export const broadcastAddress = address(28, 'broadcast address (28)');
export const requestedAddress = address(50, 'requested address (50)');
export const leaseTime = number(51, 'lease time (51)', 4);
export const messageTypeOption = number(53, 'message type (53)', 1);
export const serverIdentifier = address(54, 'server identifier (54)');
export const parameterRequestList = raw(55, 'parameter request list (55)');
/** Bytes of the whole message with IP and UDP headers that the client takes; firmware sends absurd values, too. */
export const maximumMessageSize = number(57, 'maximum message size (57)', 2);
export const renewalTime = number(58, 'renewal time (58)', 4);
export const rebindingTime = number(59, 'rebinding time (59)', 4);
export const vendorClass = text(60, 'vendor class (60)');
export const clientIdentifier = raw(61, 'client identifier (61)');
export const serverName = text(66, 'TFTP server name (66)');
/** Written with a NUL at its end, which some PXE ROMs need (boot-standards 2.7). */
export const bootFile = text(67, 'boot file (67)', '\0');
/** RFC 5071. */
export const configurationFile = text(209, 'configuration file (209)');
/** RFC 5071. */
export const pathPrefix = text(210, 'path prefix (210)');
/** Microsoft's boot manager reads the path of its BCD here (configmgr-formats 3.3). */
export const bcdPath = text(252, 'BCD path (252)', '\0');

/** Values of option 53 (RFC 2132 9.6). */
export const messageType = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
} as const;
