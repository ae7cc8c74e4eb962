/** Clients of the tests on real sockets: the model that shares no line with the server, and bare datagrams. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface Asking {
  readonly bytes: Uint8Array;
  /** The text of an ERROR, null when the file came. */
  readonly error: string | null;
  readonly options: Readonly<Record<string, string>>;
  readonly packets: number;
}

export interface AskOptions {
  readonly port: number;
  readonly options?: Readonly<Record<string, string | number>>;
  /** Milliseconds held back before each ACK. */
  readonly slow?: number;
  /** Called for each block in order. */
  readonly each?: (block: number) => void;
  readonly address?: string;
  readonly from?: number;
  readonly mode?: string;
}

export const requestOf = (name: string, options: AskOptions['options'] = {}, mode = 'octet'): Buffer =>
  Buffer.from(`\0\x01${[name, mode, ...Object.entries(options).flat()].join('\0')}\0`, 'utf8');

export async function openClient(address = '127.0.0.1', port = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, address);
  await once(socket, 'listening');
  return socket;
}

/** Reads a file as RFC 7440 says; repeats its last packet after 500 ms, gives up after 20 of these. */
export async function ask(name: string, { port, options = {}, slow = 0, ...more }: AskOptions): Promise<Asking> {
  const socket = await openClient(more.address, more.from);
  const parts: Uint8Array[] = [];
  const granted: Record<string, string> = {};
  let server: RemoteInfo | undefined;
  let packets = 0;
  let blockSize = 512;
  let window = 1;
  let last = 0;
  let unacknowledged = 0;
  let gap = false;
  let answer: Uint8Array = requestOf(name, options, more.mode);
  let closed = false;
  const say = (): void => {
    if (closed) return;
    if (server === undefined) socket.send(answer, port, '127.0.0.1');
    else socket.send(answer, server.port, server.address);
  };
  const ack = (): void => {
    unacknowledged = 0;
    answer = Uint8Array.of(0, 4, (last >> 8) & 255, last & 255);
    if (slow === 0) say();
    else setTimeout(say, slow);
  };
  try {
    return await new Promise((resolve, reject) => {
      let tries = 0;
      let timer = setTimeout(late, 500);
      function late(): void {
        if (++tries > 20)
          return reject(new Error(`no answer for ${name} since block ${last} of port ${server?.port ?? 'none'}`));
        say();
        timer = setTimeout(late, 500);
      }
      const done = (error: string | null): void => {
        clearTimeout(timer);
        resolve({ bytes: Buffer.concat(parts), error, options: granted, packets });
      };
      socket.on('message', (bytes, from) => {
        if (server !== undefined && from.port !== server.port) return;
        // Of a transfer of whoever had this port before.
        if (server === undefined && bytes[1] === 3 && bytes.readUInt16BE(2) !== 1) return;
        packets++;
        server = from;
        tries = 0;
        timer.refresh();
        const number = bytes.readUInt16BE(2);
        if (bytes[1] === 5) return done(bytes.toString('utf8', 4, bytes.length - 1));
        if (bytes[1] === 6) {
          if (last > 0) return;
          const texts = bytes.toString('utf8', 2, bytes.length - 1).split('\0');
          for (let at = 0; at < texts.length; at += 2) granted[texts[at] ?? ''] = texts[at + 1] ?? '';
          blockSize = Number(granted['blksize'] ?? 512);
          window = Number(granted['windowsize'] ?? 1);
          return ack();
        }
        if (number !== ((last + 1) & 0xffff)) {
          if (!gap) ack();
          gap = true;
          return;
        }
        gap = false;
        last++;
        parts.push(bytes.subarray(4));
        more.each?.(last);
        const end = bytes.length - 4 < blockSize;
        if (end || ++unacknowledged >= window) ack();
        if (end) setTimeout(done, slow + 5, null);
      });
      say();
    });
  } finally {
    closed = true;
    socket.close();
  }
}
