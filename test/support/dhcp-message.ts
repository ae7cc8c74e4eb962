/** DHCP messages for tests. */
import type { DhcpMessage } from '../../pxe/dhcp/index.ts';

/** A request of an Ethernet card (RFC 2131 2) in which nothing is said but `said`. */
export function dhcpMessage(said: Partial<DhcpMessage> = {}): DhcpMessage {
  return {
    op: 1,
    htype: 1,
    hlen: 6,
    hops: 0,
    xid: 1,
    secs: 0,
    flags: 0,
    ciaddr: '0.0.0.0',
    yiaddr: '0.0.0.0',
    siaddr: '0.0.0.0',
    giaddr: '0.0.0.0',
    chaddr: new Uint8Array(16),
    sname: new Uint8Array(64),
    file: new Uint8Array(128),
    options: [],
    ...said,
  };
}

/** The field of the card's address: `mac` as hex digits, zeros behind it. */
export function chaddrOf(mac: string): Uint8Array {
  const field = new Uint8Array(16);
  field.set(Buffer.from(mac, 'hex'));
  return field;
}
