/** Replies of DHCP and boot servers, made option by option: nothing of our server is in them. */
import { encodeLatin1 } from '../../../images/bytes/index.ts';
import { addressNumber, bootFile, type DhcpMessage, option, type RawOption } from '../../../pxe/dhcp/index.ts';
import { chaddrOf, dhcpMessage } from '../../support/dhcp-message.ts';

export interface ReplyOf {
  readonly type?: number;
  readonly xid?: number;
  readonly mac?: string;
  readonly yiaddr?: string;
  readonly siaddr?: string;
  readonly giaddr?: string;
  /** Option 54; null leaves it out. */
  readonly from?: string | null;
  readonly vendor?: string;
  readonly file?: string;
  readonly options?: readonly RawOption[];
}

export function reply(of: ReplyOf = {}): DhcpMessage {
  const {
    type = 2,
    xid = 1,
    mac = '525400aa0001',
    yiaddr = '0.0.0.0',
    siaddr = '0.0.0.0',
    giaddr = '0.0.0.0',
    from = '192.0.2.1',
  } = of;
  const identifier = new Uint8Array(4);
  if (from !== null) new DataView(identifier.buffer).setUint32(0, addressNumber(from));
  return dhcpMessage({
    op: 2,
    xid,
    flags: 0x8000,
    yiaddr,
    siaddr,
    giaddr,
    chaddr: chaddrOf(mac),
    options: [
      { code: 53, data: Uint8Array.of(type) },
      ...(from === null ? [] : [{ code: 54, data: identifier }]),
      ...(of.vendor === undefined ? [] : [{ code: 60, data: encodeLatin1(of.vendor) }]),
      ...(of.file === undefined ? [] : [option(bootFile, of.file)]),
      ...(of.options ?? []),
    ],
  });
}
