/** Options whose value is one number, one address, a text or a list: one row each (RFC 2132 unless said). */
import { decodeLatin1, encodeLatin1, viewOf } from '../../../images/bytes/index.ts';
import { addressNumber, addressText } from '../address.ts';
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
      const data = new Uint8Array(4);
      viewOf(data).setUint32(0, value);
      return data.slice(4 - size);
    },
  };
}

function addresses(code: number, name: string): DhcpOption<readonly string[]> {
  return {
    code,
    name,
    decode(data) {
      if (data.length === 0 || data.length % 4 !== 0) refuseValue(name, 'addresses of 4 bytes', data);
      const view = viewOf(data);
      return Array.from({ length: data.length / 4 }, (_, index) => addressText(view.getUint32(index * 4)));
    },
    encode(value) {
      const data = new Uint8Array(value.length * 4);
      value.forEach((text, index) => viewOf(data).setUint32(index * 4, addressNumber(text)));
      return data;
    },
  };
}

function address(code: number, name: string): DhcpOption<string> {
  const list = addresses(code, name);
  return {
    code,
    name,
    decode(data) {
      if (data.length !== 4) refuseValue(name, 'one address of 4 bytes', data);
      return addressText(viewOf(data).getUint32(0));
    },
    encode: (value) => list.encode([value]),
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
