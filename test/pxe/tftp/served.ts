/** The real server with threads on 127.0.0.1, and files for it. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FileClass,
  type MakeFile,
  openArena,
  type RefusedEvent,
  type Route,
  type ServedFile,
} from '../../../pxe/content/index.ts';
import {
  defaultCaps,
  defaultLimits,
  openTftpServer,
  type TftpServer,
  type TftpServerOptions,
  type TftpUse,
} from '../../../pxe/tftp/index.ts';

/** Bytes that differ from block to block, whatever the block size. */
export function fileOf(size: number, salt = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = (salt + 1) * 0x9e3779b1;
  for (let at = 0; at < size; at++) {
    if ((at & 63) === 0) state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + at;
    bytes[at] = (state >>> (at & 15)) + at;
  }
  return bytes;
}

const idOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function inMemory(bytes: Uint8Array, fileClass: FileClass = 'bcd'): ServedFile {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return { id: idOf(bytes), size: bytes.length, at: { kind: 'memory', bytes: shared }, fileClass };
}

/** A file on disk, the served one `offset` bytes behind its start. */
export function onDisk(folder: string, bytes: Uint8Array, fileClass: FileClass = 'bootImage', offset = 0) {
  const id = idOf(bytes);
  const path = join(folder, `${id}-${offset}`);
  writeFileSync(path, Buffer.concat([Buffer.alloc(offset, 0xee), bytes, Buffer.alloc(10, 0xdd)]));
  const fd = openSync(path, 'r');
  const file: ServedFile = { id, size: bytes.length, at: { kind: 'file', fd, offset }, fileClass };
  return { file, close: () => closeSync(fd) };
}

export interface Served {
  readonly server: TftpServer;
  readonly port: number;
  readonly uses: TftpUse[];
  readonly refusals: RefusedEvent[];
  readonly released: number[];
  readonly problems: Error[];
  publish(routes: Readonly<Record<string, ServedFile | 'made'>>): Promise<void>;
  close(drainMs?: number): Promise<void>;
}

export interface ServedOptions extends Partial<TftpServerOptions> {
  readonly cacheBytes?: number;
  readonly make?: MakeFile;
}

export async function serve(
  routes: Readonly<Record<string, ServedFile | 'made'>>,
  { cacheBytes = 8 * 1024 * 1024, make = () => Promise.resolve(null), ...options }: ServedOptions = {},
): Promise<Served> {
  const uses: TftpUse[] = [];
  const refusals: RefusedEvent[] = [];
  const released: number[] = [];
  const problems: Error[] = [];
  const server = await openTftpServer(
    {
      address: '127.0.0.1',
      port: 0,
      threads: 2,
      limits: defaultLimits,
      caps: defaultCaps,
      linkSpeed: 'off',
      accelerator: 'off',
      arena: openArena({ bytes: cacheBytes }),
      ...options,
    },
    {
      make,
      used: (event) => void uses.push(event),
      released: (version) => void released.push(version),
      refused: (event) => void refusals.push(event),
      failed: (problem) => void problems.push(problem),
    },
  );
  let version = 0;
  const publish = async (table: Readonly<Record<string, ServedFile | 'made'>>): Promise<void> => {
    const list = Object.entries(table).map(([name, content]): Route => ({ name, content }));
    await server.publish({ version: ++version, routes: list });
  };
  await publish(routes);
  return {
    server,
    port: server.port,
    uses,
    refusals,
    released,
    problems,
    publish,
    close: (drainMs = 0) => server.close({ drainMs }),
  };
}
