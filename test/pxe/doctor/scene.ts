/**
 * Captures made packet by packet, so that the doctor reads them the way it reads files. The
 * computer is 192.0.2.50, its DHCP server 192.0.2.1, its boot server 192.0.2.9.
 */
import {
  bootServerMessage,
  CLIENT_KINDS,
  type ClientKind,
  datagramOf,
  discoverMessage,
} from '../../../pxe/client/index.ts';
import {
  type DhcpMessage,
  encodeMessage,
  option,
  requestedAddress,
  serverIdentifier,
} from '../../../pxe/dhcp/index.ts';
import { explain, type ExplainOptions, type Explanation, recordedPackets } from '../../../pxe/doctor/index.ts';
import { type TftpPacket, writePacket } from '../../../pxe/tftp/index.ts';
import { type CapturedFrame, ipFrame, numbersOf, pcapFile, udpFrame } from '../../support/capture-file.ts';
import { reply, type ReplyOf } from '../client/replies.ts';

export const CLIENT = '192.0.2.50';
export const DHCP = '192.0.2.1';
export const BOOT = '192.0.2.9';
const NOBODY = '0.0.0.0';
const ALL = '255.255.255.255';
const MAC = '525400aa0001';

const { u16, u32 } = numbersOf(false);
/** Milliseconds as a capture has them. */
const timeOf = (at: number): CapturedFrame['time'] => [Math.floor(at / 1000), (at % 1000) * 1000];

export interface Scene {
  /** Milliseconds that pass before the next packet. */
  wait(milliseconds: number): Scene;
  udp(from: string, sourcePort: number, to: string, targetPort: number, payload: Uint8Array): Scene;
  tcp(
    from: string,
    sourcePort: number,
    to: string,
    targetPort: number,
    flags: number,
    sequence: number,
    text?: string,
  ): Scene;
  discover(more?: { readonly xid?: number; readonly giaddr?: string }): Scene;
  /** Of the DHCP server unless told. */
  offer(of?: ReplyOf): Scene;
  /** Of the boot server, without an address. */
  proxy(of?: ReplyOf): Scene;
  request(): Scene;
  ack(of?: ReplyOf): Scene;
  /** To port 4011, and its answer. */
  ask(server?: string): Scene;
  answer(of?: ReplyOf, port?: number): Scene;
  tftp(direction: 'up' | 'down', port: number, packet: TftpPacket): Scene;
  /** A whole file by TFTP: request, OACK, blocks with ACKs. */
  file(
    name: string,
    size: number,
    more?: { readonly lose?: number; readonly stop?: number; readonly blockSize?: number },
  ): Scene;
  probe(name: string, size: number): Scene;
  /** HTTP over one connection. */
  http(method: string, path: string, status: number, length: number, sent?: number): Scene;
  /** What the doctor says after so much silence, 60 s unless told. */
  explain(options?: ExplainOptions, silence?: number): Explanation;
  pcap(): Uint8Array;
}

export function scene(kind: ClientKind = 'uefi-x64'): Scene {
  const frames: CapturedFrame[] = [];
  let now = 1000;
  let port = 2000;
  const profile = CLIENT_KINDS[kind];
  const question = { profile, identity: { mac: MAC, guid: null }, ciaddr: NOBODY };
  const encode = (message: DhcpMessage): Uint8Array => encodeMessage(message);
  const self: Scene = {
    wait(milliseconds) {
      now += milliseconds;
      return self;
    },
    udp(from, sourcePort, to, targetPort, payload) {
      const bytes = udpFrame({ address: from, port: sourcePort }, { address: to, port: targetPort }, payload);
      frames.push({ time: timeOf(now), bytes });
      now += 2;
      return self;
    },
    tcp(from, sourcePort, to, targetPort, flags, sequence, text = '') {
      const header = [
        ...u16(sourcePort),
        ...u16(targetPort),
        ...u32(sequence),
        ...u32(0),
        0x50,
        flags,
        0xff,
        0xff,
        0,
        0,
        0,
        0,
      ];
      const bytes = ipFrame(6, from, to, [...header, ...Buffer.from(text, 'latin1')]);
      frames.push({ time: timeOf(now), bytes });
      now += 1;
      return self;
    },
    discover: ({ xid = 1, giaddr } = {}) => {
      const found = discoverMessage({ ...question, xid, ...(giaddr === undefined ? {} : { giaddr }) });
      return giaddr === undefined
        ? self.udp(NOBODY, 68, ALL, 67, datagramOf(found))
        : self.udp(giaddr, 67, BOOT, 67, datagramOf(found));
    },
    offer: (of = {}) => self.udp(of.from ?? DHCP, 67, ALL, 68, encode(reply({ yiaddr: CLIENT, from: DHCP, ...of }))),
    proxy: (of = {}) =>
      self.udp(of.from ?? BOOT, 67, ALL, 68, encode(reply({ vendor: profile.vendorClass, from: BOOT, ...of }))),
    request() {
      const found = discoverMessage({ ...question, xid: 1 });
      const options = [
        { code: 53, data: Uint8Array.of(3) },
        ...found.options.filter(({ code }) => code !== 53),
        option(requestedAddress, CLIENT),
        option(serverIdentifier, DHCP),
      ];
      return self.udp(NOBODY, 68, ALL, 67, encode({ ...found, options }));
    },
    ack: (of = {}) =>
      self.udp(of.from ?? DHCP, 67, ALL, 68, encode(reply({ type: 5, yiaddr: CLIENT, from: DHCP, ...of }))),
    ask(server = BOOT) {
      const found = bootServerMessage({ ...question, xid: 1, ciaddr: CLIENT }, server);
      return self.udp(CLIENT, profile.bootServerPort, server, 4011, datagramOf(found));
    },
    answer: (of = {}, from = 4011) =>
      self.udp(
        BOOT,
        from,
        CLIENT,
        profile.bootServerPort,
        encode(reply({ type: 5, vendor: 'PXEClient', from: BOOT, ...of })),
      ),
    tftp(direction, local, packet) {
      const bytes = writePacket(packet);
      if (packet.kind === 'read') return self.udp(CLIENT, local, BOOT, 69, bytes);
      return direction === 'up'
        ? self.udp(CLIENT, local, BOOT, 40_000, bytes)
        : self.udp(BOOT, 40_000, CLIENT, local, bytes);
    },
    file(name, size, { lose = 0, stop = Infinity, blockSize = 1000 } = {}) {
      const local = port++;
      const options = [{ name: 'blksize', value: String(blockSize) }];
      self.tftp('up', local, { kind: 'read', name, mode: 'octet', options });
      self.tftp('down', local, { kind: 'oack', options });
      self.tftp('up', local, { kind: 'ack', block: 0, window: null });
      for (let block = 1; block <= Math.floor(size / blockSize) + 1; block++) {
        if (block > stop) break;
        const payload = new Uint8Array(Math.min(blockSize, size - (block - 1) * blockSize));
        self.tftp('down', local, { kind: 'data', block: block & 0xffff, payload });
        if (lose > 0 && block % lose === 0) self.tftp('down', local, { kind: 'data', block: block & 0xffff, payload });
        self.tftp('up', local, { kind: 'ack', block: block & 0xffff, window: null });
      }
      return self;
    },
    probe(name, size) {
      const local = port++;
      self.tftp('up', local, { kind: 'read', name, mode: 'octet', options: [{ name: 'tsize', value: '0' }] });
      self.tftp('down', local, { kind: 'oack', options: [{ name: 'tsize', value: String(size) }] });
      return self.tftp('up', local, { kind: 'error', code: 8, message: 'User aborted the transfer' });
    },
    http(method, path, status, length, sent = length) {
      const local = port++;
      self
        .tcp(CLIENT, local, BOOT, 80, 2, 100)
        .tcp(BOOT, 80, CLIENT, local, 0x12, 500)
        .tcp(CLIENT, local, BOOT, 80, 0x10, 101);
      self.tcp(CLIENT, local, BOOT, 80, 0x18, 101, `${method} ${path} HTTP/1.1\r\nHost: ${BOOT}\r\n\r\n`);
      const head = `HTTP/1.1 ${status} x\r\nContent-Length: ${length}\r\n\r\n`;
      self.tcp(BOOT, 80, CLIENT, local, 0x18, 501, head);
      if (method === 'GET')
        for (let at = 0; at < sent; at += 1000)
          self.tcp(BOOT, 80, CLIENT, local, 0x18, 501 + head.length + at, 'x'.repeat(Math.min(1000, sent - at)));
      return self.tcp(CLIENT, local, BOOT, 80, 4, 200);
    },
    explain(options = {}, silence = 60_000) {
      return explain(recordedPackets(self.pcap()), { end: now - 1000 + silence, ...options });
    },
    pcap: () => pcapFile(frames),
  };
  return self;
}

/** What comes before the files of every clean PXE boot. */
export const toLoader = (kind: ClientKind = 'uefi-x64', file = 'boot\\bootmgfw.efi'): Scene =>
  scene(kind).discover().proxy().offer().wait(4000).request().ack().ask().answer({ file, siaddr: BOOT });
