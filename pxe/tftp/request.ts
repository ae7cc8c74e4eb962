/** What a request wants, before any file is looked for. */
import { FormatError } from '../../src/core/index.ts';
import { opcode, type TftpPacket, type TftpRequest, wireError } from './packet.ts';
import { readPacket } from './read-packet.ts';
import { routeName } from './route-name.ts';
import { writePacket } from './write-packet.ts';

export type Judgement =
  /** Look for `name` among the routes; `wireError.notFound` by `errorPacket` when it is not there. */
  | { readonly kind: 'read'; readonly name: string; readonly request: TftpRequest }
  /** Send `bytes` to the client. */
  | { readonly kind: 'refused'; readonly reason: string; readonly bytes: Uint8Array }
  /** Send nothing. */
  | { readonly kind: 'dropped'; readonly reason: string };

/**
 * A datagram at the TFTP port, judged. Only requests get an answer: other packets there are strays or forgeries. Mode
 * `netascii` is served as octets, which is what boot programs mean by it (boot-standards 3.1). Never throws.
 */
export function judgeRequest(datagram: Uint8Array): Judgement {
  try {
    return judge(readPacket(datagram));
  } catch (problem) {
    if (!(problem instanceof FormatError)) throw problem;
    const request = datagram[0] === 0 && (datagram[1] === opcode.read || datagram[1] === opcode.write);
    return request ? refuse(wireError.illegalOperation, problem.message) : { kind: 'dropped', reason: problem.message };
  }
}

function judge(packet: TftpPacket): Judgement {
  if (packet.kind === 'write') return refuse(wireError.accessViolation, 'this server takes no files');
  if (packet.kind !== 'read') return { kind: 'dropped', reason: `${packet.kind} at the port for requests` };
  const mode = packet.mode.toLowerCase();
  if (mode !== 'octet' && mode !== 'netascii') {
    return refuse(wireError.illegalOperation, `mode ${JSON.stringify(mode.slice(0, 16))}, expected octet`);
  }
  const route = routeName(packet.name);
  if (route.kind === 'refused') return refuse(wireError.accessViolation, route.reason);
  return { kind: 'read', name: route.name, request: packet };
}

/** An ERROR packet; `message` is for the people before the screen. */
export function errorPacket(code: number, message: string): Uint8Array {
  return writePacket({ kind: 'error', code, message: message.replaceAll('\0', ' ') });
}

function refuse(code: number, reason: string): Judgement {
  return { kind: 'refused', reason, bytes: errorPacket(code, reason) };
}
