/**
 * The npm packages `tftp2` 0.0.1 and `dhcp` 0.2.20 as simple peers: other hands than ours wrote them. What they cannot do (network facts,
 * section 1) is in the titles.
 */
import { EventEmitter, once } from 'node:events';
import { createSocket } from 'node:dgram';
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  CLIENT_KINDS,
  type ClientKind,
  datagramOf,
  discoverMessage,
  driveRead,
  udpWire,
} from '../../../pxe/client/index.ts';
import { openLoopback } from '../responder/loopback.ts';
import { fileOf, inMemory, serve } from '../tftp/served.ts';

const require = createRequire(import.meta.url);

interface Tftp2Client {
  read(name: string, push: (data: Buffer) => Promise<void>, done: () => void): Promise<void>;
  close(): void;
}
interface Tftp2Server extends EventEmitter {
  listen(port: number): Promise<void>;
  address(): { readonly port: number };
  close(): void;
}
const tftp2 = require('tftp2') as ((host: string, port: number) => Tftp2Client) & { createServer(): Tftp2Server };

interface ParsedDhcp {
  readonly op: number;
  readonly xid: number;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly chaddr: string;
  readonly file: string;
  readonly options: Readonly<Record<number, unknown>>;
}
/** Its own names, which it does not mean for others. */
const SOCKET = '_sock';
const STATE = '_state';

interface DhcpClient extends EventEmitter {
  [SOCKET]: EventEmitter;
  [STATE]: { address?: string };
  sendDiscover(): void;
}
const dhcp = require('dhcp') as { createClient(options: object): DhcpClient };
const protocol = require('dhcp/lib/protocol.js') as { parse(bytes: Uint8Array): ParsedDhcp };

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('tftp2', () => {
  it.each([0, 1, 511, 512, 513, 100_000])(
    'its client reads %i bytes from our server in blocks of 512; it knows no options and repeats nothing: our repetitions carry it',
    async (size) => {
      const content = fileOf(size);
      const served = await serve({ file: inMemory(content) });
      const client = tftp2('127.0.0.1', served.port);
      const parts: Buffer[] = [];
      try {
        await new Promise<void>((resolve, reject) => {
          client.read('file', async (data) => void parts.push(data), resolve).catch(reject);
        });
      } finally {
        client.close();
        await served.close();
      }
      expect(sha(Buffer.concat(parts))).toBe(sha(content));
    },
  );

  it('our reader takes a file from its server, which grants nothing; a size probe, which it cannot answer, ends as for EDK2', async () => {
    const content = Buffer.from(fileOf(70_000));
    const server = tftp2.createServer();
    // Its waiting for an ACK begins behind the sending: a quick ACK is lost, and it repeats nothing. So our ACKs are slow.
    const slow = {
      ...udpWire,
      open: async (...[at, receive]: Parameters<typeof udpWire.open>) => {
        const endpoint = await udpWire.open(at, receive);
        return {
          ...endpoint,
          send: (...words: Parameters<typeof endpoint.send>) => void setTimeout(() => endpoint.send(...words), 2),
        };
      },
    };
    server.on('get', (_request: unknown, send: (data: Buffer) => Promise<void>) => void send(content));
    await server.listen(0);
    const { port } = server.address();
    const ask = (probe: boolean) => {
      const hash = createHash('sha256');
      const request = {
        name: 'file',
        options: probe ? [{ name: 'tsize', value: '0' }] : [],
        style: 'edk2',
        probe,
        limit: 1e6,
        scale: 1,
      } as const;
      return driveRead({
        wire: slow,
        server: { address: '127.0.0.1', port },
        address: '127.0.0.1',
        request,
        data: (bytes) => hash.update(bytes),
      }).then((outcome) => ({ outcome, digest: hash.digest('hex') }));
    };
    try {
      expect((await ask(true)).outcome).toMatchObject({ kind: 'broken' });
      const { outcome, digest } = await ask(false);
      expect(outcome).toEqual({ kind: 'complete', size: content.length });
      expect(digest).toBe(sha(content));
    } finally {
      server.close();
    }
  });
});

describe('dhcp', () => {
  it.each<[ClientKind, string]>([
    ['bios', 'file'],
    ['uefi-x64', ''],
    ['http', 'http'],
  ])('its decoder reads our offer to %s; options 93, 94 and 97 it does not know', async (kind, has) => {
    const bench = await openLoopback();
    const socket = createSocket('udp4');
    try {
      const question = discoverMessage({
        profile: CLIENT_KINDS[kind],
        identity: { mac: '02:00:00:00:00:01', guid: null },
        xid: 0x1234567,
        ciaddr: '0.0.0.0',
      });
      socket.send(datagramOf(question), bench.port('dhcp'), '127.0.0.1');
      const [bytes] = (await once(socket, 'message')) as [Buffer];
      const found = protocol.parse(bytes);
      expect(found).toMatchObject({
        op: 2,
        xid: 0x1234567,
        yiaddr: '0.0.0.0',
        siaddr: '127.0.0.1',
        chaddr: '02-00-00-00-00-01',
      });
      expect(found.options[53]).toBe(2);
      expect(found.options[54]).toBe('127.0.0.1');
      expect(found.options[60]).toBe(kind === 'http' ? 'HTTPClient' : 'PXEClient');
      if (has === '') expect(found.options[67]).toBeUndefined();
      else expect(String(found.options[67])).not.toBe('');
    } finally {
      socket.close();
      await bench.close();
    }
  });

  async function freePort(): Promise<number> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    socket.close();
    return port;
  }

  /** Its client sends to port 67 of everybody alone: its socket is replaced by one that knows our port. */
  function clientTowards(port: number) {
    const client = dhcp.createClient({ mac: '02-00-00-00-00-09', features: [] });
    const socket = createSocket('udp4');
    const bridge = Object.assign(new EventEmitter(), {
      send(data: Buffer, from: number, length: number, _port: number, _host: string, sent: (problem: null) => void) {
        socket.send(data, from, length, port, '127.0.0.1', () => sent(null));
      },
    });
    for (const listener of client[SOCKET].listeners('message')) bridge.on('message', listener as () => void);
    client[SOCKET] = bridge;
    socket.on('message', (bytes) => bridge.emit('message', bytes));
    return { client, close: () => socket.close() };
  }

  it('its client is no boot client and gets no answer from ProxyDHCP: only PXE and HTTP clients do', async () => {
    const bench = await openLoopback();
    const { client, close } = clientTowards(bench.port('dhcp'));
    let heard = 0;
    client.on('message', () => heard++);
    client.sendDiscover();
    await expect.poll(() => bench.notes.map(({ reason }) => reason)).toEqual(['notBootClient']);
    expect(heard).toBe(0);
    close();
    await bench.close();
  });

  it('its client gets an offer of our small DHCP server; its REQUEST names no server and throws without an address, so it ends there', async () => {
    const bench = await openLoopback(
      {
        // It looks for other servers before it starts, at the port that it will have itself.
        ports: { dhcp: await freePort(), client: await freePort(), bootServer: 0 },
        settings: {
          mode: 'full',
          relays: [],
          ignoredMacs: [],
          delay: 0,
          lease: { first: '127.0.5.10', last: '127.0.5.20', prefixLength: 8, router: '127.0.0.1', leaseTime: 600 },
        },
      },
      { leased: () => Promise.resolve() },
    );
    const { client, close } = clientTowards(bench.port('dhcp'));
    client[STATE].address = '127.0.5.10';
    const offered = once(client, 'message');
    client.sendDiscover();
    const [offer] = (await offered) as [ParsedDhcp];
    expect(offer.options).toMatchObject({ 1: '255.0.0.0', 51: 600, 53: 2, 54: '127.0.0.1' });
    expect(offer.yiaddr).toMatch(/^127\.0\.5\.1\d$/);
    close();
    await bench.close();
  });
});
