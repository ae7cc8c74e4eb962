/** Drives the reducers of a client over a wire: one exchange, one file. */
import { FormatError } from '../../src/core/index.ts';
import { decodeMessage, type DhcpMessage } from '../dhcp/index.ts';
import { readPacket, type TftpPacket } from '../tftp/index.ts';
import {
  advance,
  type ExchangeEffect,
  type ExchangeEvent,
  type ExchangeOptions,
  type ExchangeResult,
  newExchange,
} from './exchange.ts';
import { deferred } from './deferred.ts';
import { newReading, read, type ReadEvent, type ReadOutcome, type ReadRequest } from './reading.ts';
import type { Endpoint, Wire } from './wire.ts';

export interface ServerPlace {
  /** Where the first question goes: an address, or `255.255.255.255`. */
  readonly address: string;
  readonly dhcpPort: number;
  readonly bootServerPort: number;
  readonly tftpPort: number;
}

export interface ExchangeDrive {
  readonly wire: Wire;
  readonly place: ServerPlace;
  readonly options: ExchangeOptions;
  /** Ports of the client; 0 takes any. */
  readonly ports: { readonly client: number; readonly bootServer: number };
  readonly signal?: AbortSignal;
  readonly seen?: (effect: ExchangeEffect, at: number) => void;
}

/** Asks until it is known what to boot. Throws what `wire.open` throws, and the reason of `signal`. */
export async function driveExchange({
  wire,
  place,
  options,
  ports,
  signal,
  seen,
}: ExchangeDrive): Promise<ExchangeResult> {
  const ends = deferred<ExchangeResult>();
  const open: Endpoint[] = [];
  let state = newExchange;
  let cancel = (): void => {};
  const happened = (event: ExchangeEvent): void => {
    const step = advance(state, event, options);
    ({ state } = step);
    for (const effect of step.effects) {
      seen?.(effect, wire.now());
      if (effect.kind === 'discover') open[0]?.send(effect.datagram, place.dhcpPort, place.address);
      if (effect.kind === 'ask') open.at(-1)?.send(effect.datagram, place.bootServerPort, effect.server);
      if (effect.kind === 'end') ends.resolve(effect.result);
    }
    cancel();
    if (state.phase !== 'done') {
      cancel = wire.after(Math.max(0, state.deadline - wire.now()), () => happened({ kind: 'tick', at: wire.now() }));
    }
  };
  const receive = (bytes: Uint8Array, source: { readonly address: string; readonly port: number }): void => {
    const message = quiet(() => decodeMessage(bytes));
    if (message === null || !isOwn(message, options)) return;
    happened({ kind: 'message', message, source: source.address, port: source.port, at: wire.now() });
  };
  const abort = (): void => ends.reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
  signal?.addEventListener('abort', abort);
  try {
    signal?.throwIfAborted();
    const broadcast = place.address === '255.255.255.255';
    // A broadcast leaves by the interface of the address that its socket is bound to, and reaches a socket of all addresses alone.
    open.push(await wire.open({ address: options.address, port: ports.client, broadcast }, receive));
    if (broadcast) open.push(await wire.open({ address: '0.0.0.0', port: ports.client, broadcast }, receive));
    if (ports.bootServer !== ports.client) {
      open.push(await wire.open({ address: options.address, port: ports.bootServer }, receive));
    }
    happened({ kind: 'start', at: wire.now() });
    return await ends.promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    cancel();
    for (const endpoint of open) endpoint.close();
  }
}

function isOwn({ chaddr }: DhcpMessage, { identity }: ExchangeOptions): boolean {
  const own = identity.mac.replaceAll(/[:-]/g, '').toLowerCase();
  return Buffer.from(chaddr.subarray(0, 6)).toString('hex') === own;
}

export interface ReadDrive {
  readonly wire: Wire;
  readonly server: { readonly address: string; readonly port: number };
  /** Address that the client sends from. */
  readonly address: string;
  readonly request: ReadRequest;
  /** Takes the file in pieces that are overwritten later. */
  readonly data: (payload: Uint8Array) => void;
  /** How long the last ACK is repeated when it is asked for, milliseconds. */
  readonly dally?: number;
  readonly signal?: AbortSignal;
}

/** Reads one file, or its size. Throws what `wire.open` throws, and the reason of `signal`. */
export async function driveRead({
  wire,
  server,
  address,
  request,
  data,
  dally = 0,
  signal,
}: ReadDrive): Promise<ReadOutcome> {
  const ends = deferred<ReadOutcome>();
  let state = newReading;
  let peer: number | null = null;
  let endpoint: Endpoint | null = null;
  let cancel = (): void => {};
  let timed = Infinity;
  const tick = (): void => {
    timed = Infinity;
    happened({ kind: 'tick', at: wire.now() });
  };
  const happened = (event: ReadEvent): void => {
    const step = read(state, event, request);
    ({ state } = step);
    for (const effect of step.effects) {
      if (effect.kind === 'request') endpoint?.send(effect.bytes, server.port, server.address);
      if (effect.kind === 'send' && peer !== null) endpoint?.send(effect.bytes, peer, server.address);
      if (effect.kind === 'data') data(effect.payload);
      if (effect.kind === 'end') ends.resolve(effect.outcome);
    }
    // A timer that rings too early only looks again: not one more for each block.
    if (timed === Infinity && state.deadline !== Infinity) {
      timed = state.deadline;
      cancel = wire.after(Math.max(1, state.deadline - wire.now()), tick);
    }
  };
  const abort = (): void => ends.reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
  signal?.addEventListener('abort', abort);
  try {
    signal?.throwIfAborted();
    endpoint = await wire.open({ address, port: 0 }, (bytes, source) => {
      if (source.address !== server.address || (peer !== null && source.port !== peer)) return;
      const packet: TftpPacket | null = quiet(() => readPacket(bytes));
      if (packet === null) return;
      peer = source.port;
      happened({ kind: 'packet', packet, at: wire.now() });
    });
    happened({ kind: 'start', at: wire.now() });
    return await ends.promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    cancel();
    const last = endpoint;
    if (last !== null && dally > 0 && signal?.aborted !== true) wire.after(dally, () => last.close());
    else last?.close();
  }
}

function quiet<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch (problem) {
    if (problem instanceof FormatError) return null;
    throw problem;
  }
}
