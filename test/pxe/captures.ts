/** Recorded exchanges of real firmware (../shared/captures): not part of the repository, so tests skip without them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DhcpMessage, decodeMessage } from '../../pxe/dhcp/index.ts';
import { readCapture, type UdpDatagram, udpOf } from '../../pxe/capture/index.ts';

const folder = fileURLToPath(new URL('../../../shared/captures/', import.meta.url));

export const haveCaptures = existsSync(folder);
export const captures: readonly string[] = haveCaptures
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.pcap'))
      .sort()
  : [];

export const capturePath = (name: string): string => `${folder}${name}`;
export const captureBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(capturePath(name)));

export interface RecordedMessage {
  readonly number: number;
  readonly datagram: UdpDatagram;
  readonly message: DhcpMessage;
}

const ports = [67, 68, 4011];

/** Every DHCP message of a capture. */
export function recordedMessages(name: string): RecordedMessage[] {
  return [...readCapture(captureBytes(name))].flatMap(({ number, bytes }) => {
    const datagram = udpOf(bytes);
    if (datagram === undefined || !(ports.includes(datagram.sourcePort) || ports.includes(datagram.targetPort)))
      return [];
    return [{ number, datagram, message: decodeMessage(datagram.payload) }];
  });
}
