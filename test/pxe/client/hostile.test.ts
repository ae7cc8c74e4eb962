/** What a network can say to a simulated client that is no answer: it ends in words, never in an exception, and never waits for ever. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { bootClient, type BootRun, type ClientKind, udpWire, type Wire } from '../../../pxe/client/index.ts';
import { bootManagerByHttp } from '../../../pxe/client/bootmgr-stage.ts';
import { urlAt } from '../../../pxe/client/fetch.ts';
import { httpRead } from '../../../pxe/client/http-read.ts';
import { decodeMessage, encodeMessage } from '../../../pxe/dhcp/index.ts';
import { reply } from './replies.ts';

const MAC = '525400aa0001';
const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

/** A server that says these bytes to whoever asks; its URL. */
async function says(answer: string): Promise<string> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {});
    socket.once('data', () => (answer === '' ? socket.destroy() : socket.write(answer)));
  }).listen(0, '127.0.0.1');
  opened.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const read = (url: string) =>
  httpRead({ url, method: 'GET', userAgent: 'test', limit: 1000, patience: 60_000, data: () => {} });

describe('one file by HTTP', () => {
  test.each([
    ['no URL', 'http://[x/boot.iso'],
    ['a port that is none', 'http://192.0.2.9:99999/boot.iso'],
    ['https', 'https://192.0.2.9/boot.iso'],
    ['another protocol', 'ftp://192.0.2.9/boot.iso'],
  ])('%s: failed', async (_name, url) => {
    expect(await read(url)).toMatchObject({ kind: 'failed' });
  });
  test.each([
    ['another protocol (101)', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
    ['nothing', ''],
    ['no HTTP', 'SSH-2.0-x\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ])('a server that answers with %s: failed', async (_name, answer) => {
    expect(await read(`${await says(answer)}/boot.iso`)).toMatchObject({ kind: 'failed' });
  });
});

/** A network in which every question of DHCP is answered with this file. */
const answering = (file: string): Wire => ({
  ...udpWire,
  open({ address, port }, receive) {
    return Promise.resolve({
      address,
      port,
      send(bytes) {
        // Requests of TFTP are not answered.
        if (bytes.length < 240) return;
        const { xid } = decodeMessage(bytes);
        const found = reply({ xid, mac: MAC, vendor: 'PXEClient', from: '127.0.0.1', file });
        queueMicrotask(() => receive(encodeMessage(found), { address: '127.0.0.1', port: 67 }));
      },
      close: () => {},
    });
  },
});

const boot = (kind: ClientKind, file: string): Promise<BootRun> =>
  bootClient({
    kind,
    identity: { mac: MAC, guid: null },
    place: { address: '127.0.0.1', dhcpPort: 67, bootServerPort: 4011, tftpPort: 69 },
    address: '127.0.0.1',
    ports: { client: 0, bootServer: 0 },
    xid: 1,
    wire: answering(file),
    readStore: () => null,
    press: false,
    needsAddress: false,
    limit: 2 ** 20,
    scale: 0.001,
  });

describe('iPXE', () => {
  test.each(['http://[x/boot.ipxe', 'https://192.0.2.9/boot.ipxe'])(
    'is told to load %s: does not boot',
    async (file) => {
      expect(await boot('ipxe', file)).toMatchObject({ boots: false, files: [{ name: file, outcome: 'failed' }] });
    },
  );
  test('a script that names places that are none goes on behind ||', async () => {
    const script = '#!ipxe\nchain http://[x || chain https://192.0.2.9/x || chain //[x:y/ || exit\n';
    const url = await says(`HTTP/1.1 200 OK\r\nContent-Length: ${script.length}\r\n\r\n${script}`);
    const run = await boot('ipxe', `${url}/boot.ipxe`);
    expect([run.boots, run.text]).toEqual([false, 'the script ends: the next boot device']);
    expect(run.files.map(({ outcome }) => outcome)).toEqual(['complete', 'failed', 'failed', 'failed']);
  });
});

test('a store whose paths make no URL: the file is not there', async () => {
  const store = { image: '\\\\[x\\boot.wim', ramdisk: '\\\\[x\\boot.sdi', blockSize: null, window: null };
  const asked: string[] = [];
  const end = await bootManagerByHttp('http://192.0.2.9/b/bootmgfw.efi', () => ({ ...store, variableWindow: false }), {
    tftp: () => Promise.reject(new Error('no TFTP here')),
    http(name, { method }) {
      asked.push(`${method} ${name}`);
      const found = {
        protocol: 'http',
        name,
        size: 1,
        time: 1,
        sha256: null,
        text: '',
        bytes: Uint8Array.of(1),
      } as const;
      const outcome = !URL.canParse(name) ? 'failed' : method === 'HEAD' ? 'size' : 'complete';
      return Promise.resolve({ ...found, outcome });
    },
  });
  expect(end.boots).toBe(false);
  expect(asked.at(-1)).toBe('GET //[x/boot.sdi');
  expect(urlAt('../a b', 'http://192.0.2.9/b/c')).toBe('http://192.0.2.9/a%20b');
});
