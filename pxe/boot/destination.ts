/** Where a reply goes (RFC 2131 4.1 with the rules for a server that gives no addresses, boot-standards 2.8). */
import { NO_ADDRESS } from '../dhcp/index.ts';
import type { BootRequest } from './request.ts';

export interface Destination {
  readonly address: string;
  readonly port: number;
  /** To be sent out by the interface of `ownAddress`, whatever the routes say. */
  readonly broadcast: boolean;
}

const SERVER_PORT = 67;
const CLIENT_PORT = 68;

/**
 * To the relay when one is named; to the sender when it has an address, at the port that it uses; else to everybody, because a
 * client without an address answers no ARP.
 */
export function destination({ message, source }: BootRequest): Destination {
  if (message.giaddr !== NO_ADDRESS) return { address: message.giaddr, port: SERVER_PORT, broadcast: false };
  const address = message.ciaddr === NO_ADDRESS ? NO_ADDRESS : source.address;
  if (address === NO_ADDRESS) return { address: '255.255.255.255', port: CLIENT_PORT, broadcast: true };
  return { address, port: source.port, broadcast: false };
}
