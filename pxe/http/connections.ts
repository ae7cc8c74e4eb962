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
  /** Told what became of the answer that was given to the system. */
  arrived: ((well: boolean) => void) | null;
  lost: boolean;
}

export interface Connections {
  readonly count: number;
  /** Takes a connection, or says why not. */
  open(socket: Socket): 'many' | 'many of the address' | null;
  /** Runs the answer to a request when those before it are given; false when too many wait. */
  queue(request: IncomingMessage, response: ServerResponse, job: Job): boolean;
  /** The answer that was just given to the system: `then` is told once whether it arrived. */
  confirm(socket: Socket, then: (well: boolean) => void): void;
}

/** The address of a peer as DHCP and TFTP know it, also where the server listens at `::`. */
export function peerAddress({ remoteAddress = '' }: Socket): string {
  return remoteAddress.replace(/^::ffff:(?=\d+\.)/, '');
}

export function openConnections(most: number, mostPerAddress: number): Connections {
  const lines = new WeakMap<Socket, Line>();
  const perAddress = new Map<string, number>();
  let count = 0;

  const settle = (line: Line, well: boolean): void => {
    const { arrived } = line;
    line.arrived = null;
    arrived?.(well);
  };
  const start = (line: Line, response: ServerResponse, job: Job): void => {
    // Node ends an answer with its connection; what was never begun it forgets.
    if (response.req.socket.destroyed) return;
    line.busy = true;
    response.once('close', () => {
      line.busy = false;
      line.ahead.shift()?.();
    });
    job();
  };

  /** Of the socket that requests come by: with TLS another one than what was taken. */
  const lineOf = (socket: Socket): Line => {
    const known = lines.get(socket);
    if (known !== undefined) return known;
    const line: Line = { busy: false, ahead: [], arrived: null, lost: false };
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
      if (count >= most) return 'many';
      if (ofAddress >= mostPerAddress) return 'many of the address';
      count++;
      perAddress.set(address, ofAddress + 1);
      socket.once('close', () => {
        count--;
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
    confirm(socket, then) {
      const line = lines.get(socket);
      if (line === undefined || socket.destroyed) then(line?.lost !== true);
      else line.arrived = then;
    },
  };
}
