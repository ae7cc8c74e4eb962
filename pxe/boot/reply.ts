/** The message of an answer: what every reply holds (boot-standards 2.7), around what `answer` decides. */
import { encodeLatin1 } from '../../images/bytes/index.ts';
import {
  BROADCAST_FLAG,
  bootFile,
  type DhcpMessage,
  machineIdentifier,
  messageType,
  messageTypeOption,
  NO_ADDRESS,
  option,
  type PxeOptions,
  pxeOptions,
  type RawOption,
  rawOption,
  relayAgent,
  serverIdentifier,
  vendorClass,
} from '../dhcp/index.ts';
import type { BootRequest } from './request.ts';

export interface ReplyContent {
  /** TFTP path or URL. */
  readonly file?: string;
  readonly pxe?: PxeOptions;
}

const SNAME_SIZE = 64;
const FILE_SIZE = 128;
/** Never written to: one for all replies. */
const NO_SNAME = new Uint8Array(SNAME_SIZE);
const NO_FILE = new Uint8Array(FILE_SIZE);

/** The reply to a request. It gives no address, and repeats what the client and its relay want back. */
export function replyMessage(request: BootRequest, { file, pxe }: ReplyContent): DhcpMessage {
  const { message, stage, client, ownAddress } = request;
  const guid = rawOption(message, machineIdentifier.code);
  const relay = rawOption(message, relayAgent.code);
  const options: RawOption[] = [
    option(messageTypeOption, stage === 'discover' ? messageType.offer : messageType.ack),
    option(serverIdentifier, request.serverIdentifier),
    option(vendorClass, client.vendorClass),
    // Unchanged, even when it says nothing: some ROMs compare it.
    ...(guid === undefined ? [] : [{ code: machineIdentifier.code, data: guid }]),
    ...(pxe === undefined ? [] : [option(pxeOptions, pxe)]),
    ...(file === undefined ? [] : [option(bootFile, file)]),
    // Last, and not looked into: RFC 3046 2.2.
    ...(relay === undefined ? [] : [{ code: relayAgent.code, data: relay }]),
  ];
  const unaddressed = message.ciaddr === NO_ADDRESS;
  return {
    op: 2,
    htype: message.htype,
    hlen: message.hlen,
    hops: message.hops,
    xid: message.xid,
    secs: message.secs,
    // Without an address the client hears only broadcasts, from a relay, too.
    flags: unaddressed ? message.flags | BROADCAST_FLAG : message.flags,
    ciaddr: message.ciaddr,
    yiaddr: NO_ADDRESS,
    // EDK2 takes siaddr first, iPXE option 54: both are ours.
    siaddr: ownAddress,
    giaddr: message.giaddr,
    chaddr: message.chaddr,
    sname: stage === 'discover' ? NO_SNAME : field(ownAddress, SNAME_SIZE),
    file: file === undefined ? NO_FILE : field(file, FILE_SIZE),
    options,
  };
}

/** Text that ends with NUL; what is too long stays empty and is in option 67 alone. */
function field(text: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  if (text.length < size) bytes.set(encodeLatin1(text));
  return bytes;
}
