/** One UDP socket, bound. */
import { createSocket, type Socket } from 'node:dgram';
import { socketError } from './socket-error.ts';

/** Bytes; the system may give less. Datagrams of a thousand computers that start at once wait here. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

/** A numeric address needs no resolver: saves a turn of the event loop for each datagram that is sent. */
const noLookup = (host: string, _options: unknown, done: (error: null, address: string, family: number) => void) =>
  done(null, host, 4);

const newSocket = (reuseAddr: boolean): Socket =>
  createSocket({ type: 'udp4', reuseAddr, recvBufferSize: RECEIVE_BUFFER, lookup: noLookup });

/** An open descriptor, or where to bind. */
export type Where = { readonly fd: number } | { readonly port: number; readonly address: string };

/**
 * A socket that listens, added to `list` so that a start that fails later can close it. `shared`: beside another of ours on the same
 * port. `what` names it in errors. EnvironmentError: `RESPONDER_PORT_IN_USE`, `RESPONDER_PORT_RIGHTS`, `RESPONDER_SOCKET`.
 */
export function bound(where: Where, what: string, list: Socket[], shared = false): Promise<Socket> {
  const socket = newSocket(shared);
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close();
      const port = 'fd' in where ? '' : `, ${where.address} port ${where.port}`;
      reject(socketError(`${what}${port}`, 'bind', error.code ?? error.message));
    });
    socket.bind({ ...where, exclusive: true }, () => {
      socket.removeAllListeners('error');
      socket.setBroadcast(true);
      list.push(socket);
      resolve(socket);
    });
  });
}
