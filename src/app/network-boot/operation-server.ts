/** The listener for those who run the server: `/healthz` and `/metrics`, on loopback. */
import { type MetricFamily, openOperationServer } from '../../../pxe/http/index.ts';
import { dhcpCounts, dhcpHandling, httpCounts, tftpCounts } from './operation-counts.ts';
import { type Health, healthOf, type PartHealth } from './operation-health.ts';
import { metricFamilies } from './operation-metrics.ts';
import type { ServeHub } from './serve-hub.ts';
import type { Servers } from './serve-servers.ts';

export interface OperationFacts {
  images(): number;
  siteProblem(): string | null;
  stopping(): boolean;
}

export interface Operation {
  close(): Promise<void>;
}

/** Throws EnvironmentError where the port is taken. */
export async function openOperation(
  port: number,
  servers: Servers,
  hub: ServeHub,
  facts: OperationFacts,
): Promise<Operation> {
  const server = await openOperationServer({
    address: '127.0.0.1',
    port,
    health: () => health(servers, facts),
    metrics: () => metrics(servers, hub),
  });
  hub.notice('info', 'operation', `http://127.0.0.1:${server.port}/healthz and /metrics`, { operation: server.port });
  return server;
}

/** Milliseconds that a thread has to say its counts before it is taken for stuck. */
const patience = 2000;

async function health({ tftp, http, dhcp }: Servers, facts: OperationFacts): Promise<Health> {
  return healthOf({
    dhcp: dhcp === null ? null : await partHealth(dhcp.counts()),
    tftp: await partHealth(tftp.counts()),
    http: await partHealth(http.counts()),
    images: facts.images(),
    stopping: facts.stopping(),
    siteProblem: facts.siteProblem(),
  });
}

async function partHealth(counts: Promise<unknown>): Promise<PartHealth> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(() => resolve({ up: false, why: 'its thread does not answer' }), patience);
  });
  const up = counts.then(
    (): PartHealth => ({ up: true }),
    (error: unknown): PartHealth => ({ up: false, why: error instanceof Error ? error.message : String(error) }),
  );
  try {
    return await Promise.race([up, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function metrics({ tftp, http, dhcp }: Servers, { tallies }: ServeHub): Promise<MetricFamily[]> {
  const [ofTftp, ofHttp, ofDhcp] = await Promise.all([tftp.counts(), http.counts(), dhcp?.counts()]);
  const counts = [...tftpCounts(ofTftp), ...httpCounts(ofHttp), ...(ofDhcp === undefined ? [] : dhcpCounts(ofDhcp))];
  const families = metricFamilies(tallies, counts);
  return ofDhcp === undefined ? families : [...families, dhcpHandling(ofDhcp)];
}
