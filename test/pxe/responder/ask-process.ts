/**
 * A computer without an address that asks by broadcast from port 68, as firmware does: `ask-process.ts '[{"arch":0,"mac":1}]'`. Prints
 * each reply as a line of JSON for a second after its last question.
 */
import { createSocket } from 'node:dgram';
import { decodeMessage, encodeMessage, latin1, rawOption } from '../../../pxe/dhcp/index.ts';
import { question } from './loopback.ts';

export interface AskedQuestion {
  readonly arch: number;
  readonly mac: number;
  readonly http?: boolean;
  /** Port and address; broadcast to 67 unless given. */
  readonly to?: readonly [string, number];
  readonly type?: number;
  readonly ciaddr?: string;
  /** Replaces option 60. */
  readonly vendorClass?: string;
}

export interface SeenReply {
  readonly from: string;
  readonly fromPort: number;
  readonly mac: number;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly codes: readonly number[];
  readonly server: string;
  readonly file: string | null;
}

const questions = JSON.parse(process.argv[2] ?? '') as AskedQuestion[];
const socket = createSocket({ type: 'udp4', reuseAddr: true });
socket.on('message', (datagram, { address, port }) => {
  const message = decodeMessage(datagram);
  const file = rawOption(message, 67);
  const reply: SeenReply = {
    from: address,
    fromPort: port,
    mac: message.chaddr[5] ?? 0,
    yiaddr: message.yiaddr,
    siaddr: message.siaddr,
    codes: message.options.map(({ code }) => code),
    server: (rawOption(message, 54) ?? []).join('.'),
    file: file === undefined ? null : latin1(file),
  };
  process.stdout.write(`${JSON.stringify(reply)}\n`);
});
await new Promise<void>((resolve) => socket.bind(68, '0.0.0.0', resolve));
socket.setBroadcast(true);
for (const { arch, mac, http = false, to, type = 1, ciaddr, vendorClass } of questions) {
  const options = vendorClass === undefined ? [] : [{ code: 60, data: Buffer.from(vendorClass) }];
  // As EDK2: without an address it hears broadcasts alone.
  const header = ciaddr === undefined ? { flags: 0x8000 } : { ciaddr };
  const message = question({ arch, http, type, options, header, port: to?.[1] === 4011 ? 4011 : 67 }, mac);
  socket.send(encodeMessage(message), to?.[1] ?? 67, to?.[0] ?? '255.255.255.255');
}
setTimeout(() => socket.close(), 1000);
