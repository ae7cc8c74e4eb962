/**
 * Connections: how many, how many from one address, one request of each at a time, and what became of the last answer.
 *
 * An answer has arrived when the client asks for the next thing or ends the connection. That it was given to the system is
 * not enough: some megabytes may still be on their way. Firmware ends with a reset when it has everything (EDK2 closes
 * with abort), so a reset behind the last byte counts as arrived; that the system gave up sending does not.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that a client may send before their turn (pipelining): firmware sends none. */
const MOST_AHEAD = 8;

/** Errors of a connection on which the last bytes did not arrive. */
const lostBy: ReadonlySet<string> = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN']);

type Job = () => void;

interface Line {
  busy: boolean;
  readonly ahead: Job[];
  /** Told what became of the answers that were given to the system: several where requests came ahead of their turn. */
  arrived: ((well: boolean) => void)[];
  lost: boolean;
}

export interface Connections {
  readonly count: number;
  /** Takes a connection, or says why not. */
  open(socket: Socket): 'many' | 'many of the address' | null;
  /** Runs the answer to a request when those before it are given; false when too many wait. */
  queue(request: IncomingMessage, response: ServerResponse, job: Job): boolean;
  /** Closes them, whatever they are about. */
  closeAll(): void;
  /** The answer that was just given to the system: `then` is told once whether it arrived. */
  confirm(socket: Socket, then: (well: boolean) => void): void;
}

/** The address of a peer as DHCP and TFTP know it, also where the server listens at `::`. */
export function peerAddress({ remoteAddress = '' }: Socket): string {
  return remoteAddress.replace(/^::ffff:(?=\d+\.)/, '');
}

/** A connection and its TLS socket have one peer. */
const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/**
 * `most` at once: when more come, one that waits for a request is closed, and told by `evicted`. So strangers who only connect do
 * not keep those out who ask.
 */
export function openConnections(most: number, mostPerAddress: number, evicted: (socket: Socket) => void): Connections {
  const lines = new WeakMap<Socket, Line>();
  const perAddress = new Map<string, number>();
  /** By peer: all, and those that wait for a request, the longest waiting first. */
  const open = new Map<string, Socket>();
  const idle = new Map<string, Socket>();
  let count = 0;

  const rest = (peer: string): void => {
    const socket = open.get(peer);
    if (socket !== undefined) idle.set(peer, socket);
  };
  /** Closes a connection that waits for a request: of the address that has most of all, the longest waiting. */
  const evict = (): boolean => {
    let busiest = '';
    for (const [address, number] of perAddress) if (number > (perAddress.get(busiest) ?? 0)) busiest = address;
    const waiting = [...idle];
    const [peer, socket] = waiting.find(([, one]) => peerAddress(one) === busiest) ?? waiting[0] ?? [];
    if (peer === undefined || socket === undefined) return false;
    idle.delete(peer);
    evicted(socket);
    socket.destroy();
    return true;
  };
  const settle = (line: Line, well: boolean): void => {
    const { arrived } = line;
    line.arrived = [];
    for (const then of arrived) then(well);
  };
  const start = (line: Line, response: ServerResponse, job: Job): void => {
    // Node ends an answer with its connection; what was never begun it forgets.
    if (response.req.socket.destroyed) return;
    line.busy = true;
    const peer = peerOf(response.req.socket);
    idle.delete(peer);
    response.once('close', () => {
      line.busy = false;
      rest(peer);
      line.ahead.shift()?.();
    });
    job();
  };

  /** Of the socket that requests come by: with TLS another one than what was taken. */
  const lineOf = (socket: Socket): Line => {
    const known = lines.get(socket);
    if (known !== undefined) return known;
    const line: Line = { busy: false, ahead: [], arrived: [], lost: false };
    lines.set(socket, line);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      line.lost = lostBy.has(error.code ?? '');
    });
    socket.once('close', () => {
      line.ahead.length = 0;
      settle(line, !line.lost);
    });
    return line;
  };

  return {
    get count() {
      return count;
    },
    open(socket) {
      const address = peerAddress(socket);
      const ofAddress = perAddress.get(address) ?? 0;
      if (ofAddress >= mostPerAddress) return 'many of the address';
      if (count >= most && !evict()) return 'many';
      const peer = peerOf(socket);
      open.set(peer, socket);
      rest(peer);
      count++;
      perAddress.set(address, ofAddress + 1);
      socket.once('close', () => {
        count--;
        if (open.get(peer) === socket) open.delete(peer);
        if (idle.get(peer) === socket) idle.delete(peer);
        const left = (perAddress.get(address) ?? 1) - 1;
        if (left > 0) perAddress.set(address, left);
        else perAddress.delete(address);
      });
      return null;
    },
    queue(request, response, job) {
      const line = lineOf(request.socket);
      settle(line, true);
      if (!line.busy) start(line, response, job);
      else if (line.ahead.length >= MOST_AHEAD) return false;
      else line.ahead.push(() => start(line, response, job));
      return true;
    },
    closeAll() {
      for (const socket of open.values()) socket.destroy();
    },
    confirm(socket, then) {
      const line = lines.get(socket);
      if (line === undefined || socket.destroyed) then(line?.lost !== true);
      else line.arrived.push(then);
    },
  };
}
