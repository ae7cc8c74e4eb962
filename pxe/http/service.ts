/** The server inside its thread: Node's HTTP parser, our limits, and the parts that answer. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  attachCache,
  openVersions,
  type RouteTable,
  type Seat,
  type ServerOwner,
  type UsedEvent,
} from '../content/index.ts';
import { openAdmission } from './admission.ts';
import { openConnections, peerAddress } from './connections.ts';
import { openCoverage } from './coverage.ts';
import { openExchanges } from './exchange.ts';
import type { HttpCounts, HttpServerOptions } from './server-types.ts';
import { openTally } from './tally.ts';
import { openTransfers } from './transfers.ts';

const MAX_HEAD = 8 * 1024;
const MAX_HEADERS = 64;
/** What is no request, by the code of Node's parser. */
const badRequest: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

export interface ServiceOptions extends Pick<HttpServerOptions, 'address' | 'port' | 'tls' | 'limits'> {
  readonly seat: Seat;
}

/** As the thread tells it; that it died the owner learns otherwise. */
export type ServiceOwner = Omit<ServerOwner, 'failed'>;

export interface Service {
  readonly address: string;
  readonly port: number;
  publish(table: RouteTable): void;
  counts(): HttpCounts;
  close(drainMs: number): Promise<void>;
}

/** Listens. Rejects with what the system or OpenSSL says of port, certificate or key. */
export async function openService(options: ServiceOptions, owner: ServiceOwner): Promise<Service> {
  const { limits } = options;
  const now = (): number => performance.now();
  const cache = attachCache(options.seat);
  const versions = openVersions({ version: 0, routes: [] }, (version) => owner.released(version));
  const tally = openTally((event) => owner.refused(event), now);
  const admission = openAdmission(limits.images, limits.connectionsPerAddress);
  const coverage = openCoverage();
  const connections = openConnections(limits.connections, limits.connectionsPerAddress, (socket) =>
    tally.refuse(peerAddress(socket), '', 'too many connections'),
  );
  const used = (event: UsedEvent): void => owner.used(event);
  const { idleSeconds } = limits;
  const transfers = openTransfers({ cache, admission, connections, coverage, tally, used, now, idleSeconds });
  const { make } = owner;
  let stopping = false;
  const world = { versions, transfers, admission, coverage, tally, make, now };
  const answer = openExchanges({ ...world, stopping: () => stopping });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();

  const server = newServer(options, (request, response) => {
    // A connection that breaks while it is answered is seen by its `close`.
    response.on('error', () => {});
    const job = (): void => {
      answer(request, response).catch(() => response.destroy());
    };
    if (connections.queue(request, response, job)) return;
    tally.refuse(peerAddress(request.socket), request.url ?? '', 'too many requests at once');
    request.socket.destroy();
  });
  server.on('connection', (socket: Socket) => {
    const refused = connections.open(socket);
    if (refused === null) return;
    tally.refuse(peerAddress(socket), '', 'too many connections');
    socket.destroy();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // What the system says of the connection is no request.
    const request = /^(?:HPE_|ERR_HTTP_)/.test(error.code ?? '');
    if (request) tally.refuse(peerAddress(socket), '', 'bad request');
    if (!socket.writable || !request || socket.bytesWritten > 0) socket.destroy();
    else {
      const line = badRequest[error.code ?? ''] ?? '400 Bad Request';
      tally.answered(Number.parseInt(line, 10));
      const answer = `HTTP/1.1 ${line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
      socket.end(answer, () => socket.destroy());
    }
  });
  await listening(server, options);
  // No descriptor left for a connection: it is lost, the others go on.
  server.on('error', () => tally.refuse('', '', 'too many connections'));
  const { address, port } = server.address() as AddressInfo;

  return {
    address,
    port,
    publish: (table) => versions.publish(table),
    counts() {
      const delayP99 = delay.percentile(99) / 1e6;
      delay.reset();
      const { requests, finished, bytes, refused } = tally;
      return {
        connections: connections.count,
        transfers: transfers.count,
        waiting: admission.waiting(now()),
        requests: { ...requests },
        finished: { ...finished },
        bytes: { ...bytes },
        refused: { ...refused },
        cache: cache.counts(),
        delayP99: Number.isFinite(delayP99) ? delayP99 : 0,
      };
    },
    async close(drainMs) {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const limit = setTimeout(() => transfers.cancel(), drainMs);
      await transfers.drained();
      clearTimeout(limit);
      server.closeAllConnections();
      // Node knows no connection whose TLS has not begun.
      connections.closeAll();
      await closed;
      transfers.stop();
      delay.disable();
    },
  };
}

function newServer({ tls, limits }: ServiceOptions, listener: RequestListener): Server {
  const http = {
    maxHeaderSize: MAX_HEAD,
    headersTimeout: limits.headSeconds * 1000,
    requestTimeout: limits.headSeconds * 1000,
    keepAliveTimeout: limits.keepAliveSeconds * 1000,
    connectionsCheckingInterval: 1_000,
  };
  const secret = tls && { cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' as const };
  const server = secret
    ? createTlsServer({ ...http, ...secret, handshakeTimeout: limits.headSeconds * 1000 }, listener)
    : createServer(http, listener);
  server.maxHeadersCount = MAX_HEADERS;
  return server;
}

function listening(server: Server, { address, port }: ServiceOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
