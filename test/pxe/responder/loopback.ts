/** A boot server on loopback and clients that ask it, with real sockets and without root. */
import { createSocket, type Socket } from 'node:dgram';
import { type BootChoice, type BootClient } from '../../../pxe/boot/index.ts';
import { type DhcpMessage, decodeMessage, encodeMessage } from '../../../pxe/dhcp/index.ts';
import {
  type BootNote,
  type BootServer,
  type BootServerOptions,
  type BootServerOwner,
  openBootServer,
  type ResponderSettings,
  type Rival,
} from '../../../pxe/responder/index.ts';
import { choice, received, type Wanted } from '../boot/samples.ts';

export const LOOPBACK = { name: 'lo', address: '127.0.0.1', netmask: '255.0.0.0', mac: '00:00:00:00:00:00' };

export const plainSettings: ResponderSettings = { mode: 'proxy', relays: [], ignoredMacs: [], delay: 0 };

export interface Bench {
  readonly server: BootServer;
  readonly notes: BootNote[];
  readonly rivals: Rival[];
  readonly asked: Array<{ readonly client: BootClient; readonly ownAddress: string }>;
  port(role: 'dhcp' | 'bootServer'): number;
  close(): Promise<void>;
}

/** A server on ports of the system's choice; `decide` answers with a required deployment unless given. */
export async function openLoopback(
  options: Partial<BootServerOptions> = {},
  owner: Partial<BootServerOwner> = {},
): Promise<Bench> {
  const notes: BootNote[] = [];
  const rivals: Rival[] = [];
  const asked: Bench['asked'] = [];
  const server = await openBootServer(
    {
      interfaces: [LOOPBACK],
      ports: { dhcp: 0, client: 0, bootServer: 0 },
      settings: plainSettings,
      replyToSource: true,
      probeEvery: 0,
      ...options,
    },
    {
      decide: async (client, ownAddress): Promise<BootChoice> => {
        asked.push({ client, ownAddress });
        return choice();
      },
      noted: (note) => notes.push(note),
      rival: (rival) => rivals.push(rival),
      ...owner,
    },
  );
  return {
    server,
    notes,
    rivals,
    asked,
    port: (role) => server.addresses.find((one) => one.role === role)?.port ?? 0,
    close: () => server.close(),
  };
}

export interface Asker {
  readonly port: number;
  /** Sends a question without waiting. */
  send(datagram: Uint8Array, port: number): void;
  /** The reply to a message, by its xid; null when none came in time. */
  ask(message: DhcpMessage, port: number, wait?: number): Promise<DhcpMessage | null>;
  /** Everything that came. */
  readonly replies: DhcpMessage[];
  close(): void;
}

export async function openAsker(address = '127.0.0.1'): Promise<Asker> {
  const socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
  const waiting = new Map<number, (message: DhcpMessage) => void>();
  const replies: DhcpMessage[] = [];
  socket.on('message', (datagram) => {
    const message = decodeMessage(datagram);
    replies.push(message);
    waiting.get(message.xid)?.(message);
  });
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  return {
    port: socket.address().port,
    send: (datagram, port) => socket.send(datagram, port, '127.0.0.1'),
    replies,
    ask(message, port, wait = 3000) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => done(null), wait);
        const done = (found: DhcpMessage | null) => {
          clearTimeout(timer);
          waiting.delete(message.xid);
          resolve(found);
        };
        waiting.set(message.xid, done);
        socket.send(encodeMessage(message), port, '127.0.0.1');
      });
    },
    close: () => socket.close(),
  };
}

let xid = 0x1000;

/** A message of samples.ts with an xid of its own, and the MAC address ending in `mac`. */
export function question(wanted: Wanted = {}, mac = 1): DhcpMessage {
  xid += 1;
  const chaddr = Uint8Array.from([
    0x52,
    0x54,
    0,
    (mac >> 16) & 255,
    (mac >> 8) & 255,
    mac & 255,
    ...new Uint8Array(10),
  ]);
  return received({ ...wanted, header: { xid, chaddr, ...wanted.header } }).message;
}
