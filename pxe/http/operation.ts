/** The listener for those who run the server: `/healthz` and `/metrics`. On the owner's thread, and on loopback unless told otherwise. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EnvironmentError } from '../../src/core/index.ts';
import { httpCode } from './codes.ts';
import { type MetricFamily, PROMETHEUS_TYPE, prometheusText } from './prometheus.ts';

/** Seconds for a request and between two. */
const LIMIT = 10;
const MOST_CONNECTIONS = 64;

export interface OperationOptions {
  /** By default 127.0.0.1: metrics say how busy a site is. */
  readonly address?: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** 200 when `ok`, else 503; each of `lines` is one line of the body. */
  readonly health: () => Promise<{ readonly ok: boolean; readonly lines: readonly string[] }>;
  readonly metrics: () => Promise<readonly MetricFamily[]>;
}

export interface OperationServer {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Listens. Throws EnvironmentError (`HTTP_LISTEN`) where the port is taken or refused. */
export async function openOperationServer(options: OperationOptions): Promise<OperationServer> {
  const { address = '127.0.0.1', port, health, metrics } = options;
  const limits = { headersTimeout: LIMIT * 1000, requestTimeout: LIMIT * 1000, keepAliveTimeout: LIMIT * 1000 };
  const server = createServer({ ...limits, maxHeaderSize: 8192 }, ({ method, url = '' }, response) => {
    const path = url.split('?')[0];
    const known = path === '/healthz' || path === '/metrics';
    if (!known) return answer(response, 404, 'nothing here; there are /healthz and /metrics\n');
    if (method !== 'GET' && method !== 'HEAD') return answer(response, 405, 'GET or HEAD\n');
    const text = path === '/healthz' ? healthText() : metricsText();
    text.then(
      ({ status, type, body }) => answer(response, status, body, type),
      // What went wrong is for the log of whoever gives the numbers: a stranger is told no more.
      () => answer(response, 500, 'the numbers cannot be read now\n'),
    );
  });
  const healthText = async () => {
    const { ok, lines } = await health();
    return {
      status: ok ? 200 : 503,
      type: 'text/plain; charset=utf-8',
      body: lines.map((text) => `${text}\n`).join(''),
    };
  };
  const metricsText = async () => ({ status: 200, type: PROMETHEUS_TYPE, body: prometheusText(await metrics()) });
  server.maxConnections = MOST_CONNECTIONS;
  await listening(server, address, port);
  const place = server.address() as AddressInfo;
  return {
    address: place.address,
    port: place.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  const headers = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store' };
  response.writeHead(status, headers).end(body);
}

function listening(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `/healthz and /metrics cannot be served at ${address} port ${port}`;
      reject(
        new EnvironmentError(httpCode.HTTP_LISTEN, `${where}: ${error.message}`, {
          hint: 'End the program that uses the port, or choose another one.',
          details: { address, port, errno: error.code ?? '' },
          cause: error,
        }),
      );
    });
    server.listen(port, address, () => {
      // No descriptor left for a connection: it is lost, the others go on.
      server.on('error', () => {});
      resolve();
    });
  });
}
