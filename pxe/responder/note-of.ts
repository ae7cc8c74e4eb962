/** A note of what became of a datagram. */
import { type BootRequest, identify, macText, type Reason } from '../boot/index.ts';
import { bootFile, type DhcpMessage, latin1, NO_ADDRESS, rawOption } from '../dhcp/index.ts';
import type { Arrival } from './engine-types.ts';
import type { UncountedNote } from './notes.ts';

interface Noted {
  readonly reason: Reason;
  readonly text: string;
  /** Null where the datagram is none. */
  readonly message: DhcpMessage | null;
  readonly request?: BootRequest;
  readonly reply?: DhcpMessage | null;
}

/** Everything of a note but how many were left out. */
export function noteOf(arrival: Arrival, { reason, text, message, request, reply }: Noted): UncountedNote {
  const client = request?.client ?? clientOf(message);
  return {
    reason,
    text: text.slice(0, 500),
    interfaceName: arrival.served.name,
    ownAddress: arrival.served.address,
    source: arrival.source.address,
    relay: message?.giaddr ?? NO_ADDRESS,
    client,
    mac: client?.mac ?? macOf(message),
    stage: request?.stage ?? null,
    file: reply === null || reply === undefined ? null : fileOf(reply),
    quirks: client?.quirks ?? [],
  };
}

/** Who is told of once: the computer, else the address. */
export function senderOf({ source }: Arrival, message: DhcpMessage | null): string {
  return macOf(message) ?? source.address;
}

function clientOf(message: DhcpMessage | null) {
  const found = message === null ? null : identify(message);
  return found?.kind === 'client' ? found.client : null;
}

function macOf(message: DhcpMessage | null): string | null {
  if (message === null || message.htype !== 1 || message.hlen !== 6) return null;
  return macText(message.chaddr.subarray(0, 6));
}

/** Option 67 of a reply, which every reply with a file has. */
function fileOf(reply: DhcpMessage): string | null {
  const data = rawOption(reply, bootFile.code);
  return data === undefined ? null : latin1(data);
}
