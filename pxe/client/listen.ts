/**
 * What plain UDP sockets hear of network boot: broadcasts to the ports of DHCP, and what is addressed to this computer. They are bound to
 * the broadcast address where the system can do that, so that a server on the same computer loses nothing to them.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface HeardDatagram {
  readonly source: { readonly address: string; readonly port: number };
  /** The port that it came to. */
  readonly port: number;
  readonly bytes: Uint8Array;
}

export interface DeafPort {
  readonly port: number;
  /** What of it is not heard: all, or what is sent to the address that was given. */
  readonly what: 'all' | 'address';
  /** Code of the system's error. */
  readonly reason: string;
}

export interface Listener {
  /** Ports that are heard, and those that are not with the reason. */
  readonly heard: readonly number[];
  readonly deaf: readonly DeafPort[];
  close(): void;
}

const BROADCAST = '255.255.255.255';

/**
 * Listens on `ports` for broadcasts; for what is sent to `address`, too, where one is given. Throws nothing: a port that cannot be had is told.
 */
export async function listenOn(
  ports: readonly number[],
  address: string | null,
  receive: (datagram: HeardDatagram) => void,
): Promise<Listener> {
  const open: Socket[] = [];
  const heard: number[] = [];
  const deaf: DeafPort[] = [];
  // Not every system binds to the broadcast address; there one socket hears all.
  const places = address === null ? [[BROADCAST, '0.0.0.0']] : [[BROADCAST], [address]];
  for (const port of ports) {
    const tried = await Promise.all(places.map((addresses) => bound(port, addresses)));
    const sockets = tried.filter((found) => typeof found !== 'string');
    const [broadcasts, own] = tried;
    if (sockets.length > 0) heard.push(port);
    if (sockets.length === 0)
      deaf.push({ port, what: 'all', reason: typeof broadcasts === 'string' ? broadcasts : '' });
    else if (typeof own === 'string') deaf.push({ port, what: 'address', reason: own });
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('message', (bytes, { address: source, port: from }) =>
        receive({ source: { address: source, port: from }, port, bytes }),
      );
      open.push(socket);
    }
  }
  return {
    heard,
    deaf,
    close() {
      for (const socket of open) socket.close();
    },
  };
}

/** A socket on the first address that can be had, else why not. */
async function bound(port: number, addresses: readonly string[]): Promise<Socket | string> {
  let reason = '';
  for (const address of addresses) {
    // Shared only where it hears broadcasts alone: those reach every socket.
    const socket = createSocket({ type: 'udp4', reuseAddr: address === BROADCAST });
    try {
      socket.bind({ port, address, exclusive: true });
      await once(socket, 'listening');
      return socket;
    } catch (problem) {
      socket.close();
      reason = (problem as NodeJS.ErrnoException).code ?? String(problem);
    }
  }
  return reason;
}
