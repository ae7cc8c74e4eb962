/** The socket of one transfer: connected, so that the kernel drops what others send to it (RFC 1350 section 4). */
import { createSocket, type Socket } from 'node:dgram';
import type { Accelerator } from './accelerator.ts';

/** Codes of a client's port that is closed; the second is what Windows says. */
export const CLOSED: ReadonlySet<string | undefined> = new Set(['ECONNREFUSED', 'ECONNRESET']);
/** Codes of a system that has no room now. */
export const FULL: ReadonlySet<string | undefined> = new Set(['ENOBUFS', 'EAGAIN', 'ENOMEM']);
/** Codes of a system that does not send many packets at once after all. */
export const NOT_MANY: ReadonlySet<string | undefined> = new Set([
  'EMSGSIZE',
  'EINVAL',
  'EIO',
  'EOPNOTSUPP',
  'ENOPROTOOPT',
]);

export const errorText = ({ code, message }: NodeJS.ErrnoException): string => code ?? message;

export interface RunSocket {
  /** Whether one `send` may hold many packets of the segment's length. */
  segmented(): boolean;
  /** From now on each packet is sent by itself. */
  single(): void;
  /** `done` is called with what the system says, null when it took the packet; without it nothing is told. */
  send(bytes: Uint8Array, done?: (error: NodeJS.ErrnoException | null) => void): void;
  /** Whether the system has not taken all yet: what was sent must stay as it is until then. */
  busy(): boolean;
  close(): void;
}

export interface RunSocketEvents {
  readonly open: () => void;
  readonly packet: (bytes: Uint8Array) => void;
  /** What the system says of earlier packets, or why there is no socket. */
  readonly problem: (error: NodeJS.ErrnoException) => void;
}

/** `segment`: bytes of a full packet; packets are sent many at once when `accelerator` is there and can. */
export function openRunSocket(
  from: string,
  to: { readonly address: string; readonly port: number },
  { open, packet, problem }: RunSocketEvents,
  accelerator: Accelerator | null,
  segment: number,
): RunSocket {
  const fd = accelerator?.open(from, segment) ?? null;
  let many = fd !== null;
  let closed = false;
  // Addresses are numbers here: without a `lookup` of its own, Node asks the system's resolver in a pool of threads.
  const socket: Socket = createSocket({ type: 'udp4', lookup: (host, _options, found) => found(null, host, 4) });
  socket.on('message', packet);
  socket.on('error', (error) => {
    if (!closed) problem(error);
  });
  const connected = (error?: NodeJS.ErrnoException): void => {
    if (closed) return;
    if (error) problem(error);
    else open();
  };
  const connect = (): void => {
    if (!closed) socket.connect(to.port, to.address, connected);
  };
  if (fd !== null) socket.bind({ fd }, connect);
  else socket.bind({ port: 0, address: from, exclusive: true }, connect);
  return {
    segmented: () => many,
    single() {
      if (many && fd !== null) accelerator?.single(fd);
      many = false;
    },
    send(bytes, done) {
      if (done === undefined) socket.send(bytes);
      else socket.send(bytes, done);
    },
    busy: () => !closed && socket.getSendQueueCount() > 0,
    close() {
      if (closed) return;
      closed = true;
      socket.close();
    },
  };
}
