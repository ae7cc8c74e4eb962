/** The listener for those who run the server: `/healthz` and `/metrics`, on loopback. */
import { type MetricFamily, openOperationServer } from '../../../pxe/http/index.ts';
import { dhcpCounts, dhcpHandling, hostCounts, httpCounts, tftpCounts, tftpRoundTrips } from './operation-counts.ts';
import { type Health, healthOf, type PartHealth } from './operation-health.ts';
import { metricFamilies } from './operation-metrics.ts';
import type { ServeHost } from './serve-host.ts';
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
  host: Pick<ServeHost, 'droppedDatagrams' | 'eventLoopDelay'>,
): Promise<Operation> {
  const server = await openOperationServer({
    address: '127.0.0.1',
    port,
    health: () => health(servers, facts),
    metrics: () => metrics(servers, hub, host),
  });
  hub.notice('info', 'operation', `http://127.0.0.1:${server.port}/healthz and /metrics`, { operation: server.port });
  return server;
}

/** Milliseconds that a thread has to say its counts before it is taken for stuck. */
const patience = 2000;

async function health({ tftp, http, dhcp }: Servers, facts: OperationFacts): Promise<Health> {
  const parts = { images: facts.images(), stopping: facts.stopping(), siteProblem: facts.siteProblem() };
  // Threads that end do not answer any more.
  if (parts.stopping) return healthOf({ dhcp: null, tftp: null, http: null, ...parts });
  const [ofDhcp, ofTftp, ofHttp] = await Promise.all([
    dhcp === null ? null : partHealth(dhcp.counts()),
    partHealth(tftp.counts()),
    partHealth(http.counts()),
  ]);
  return healthOf({ dhcp: ofDhcp, tftp: ofTftp, http: ofHttp, ...parts });
}

async function partHealth(counts: Promise<unknown>): Promise<PartHealth> {
  const answer = await inTime(counts.then(() => true as const));
  return answer === true ? { up: true } : { up: false, why: answer?.message ?? 'its thread does not answer' };
}

/** What it resolves to, the error, or undefined where it takes too long. */
async function inTime<T>(asked: Promise<T>): Promise<T | Error | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  const known = asked.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  try {
    return await Promise.race([known, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A part that does not answer is left out: the others are still to be seen. */
async function metrics(
  { tftp, http, dhcp }: Servers,
  { tallies }: ServeHub,
  host: Pick<ServeHost, 'droppedDatagrams' | 'eventLoopDelay'>,
): Promise<MetricFamily[]> {
  const [ofTftp, ofHttp, ofDhcp] = await Promise.all([
    inTime(tftp.counts()),
    inTime(http.counts()),
    dhcp === null ? undefined : inTime(dhcp.counts()),
  ]);
  const there = <T>(answer: T | Error | undefined): answer is T => answer !== undefined && !(answer instanceof Error);
  const families = metricFamilies(tallies, [
    ...hostCounts(host.eventLoopDelay(), await host.droppedDatagrams()),
    ...(there(ofTftp) ? tftpCounts(ofTftp) : []),
    ...(there(ofHttp) ? httpCounts(ofHttp) : []),
    ...(there(ofDhcp) ? dhcpCounts(ofDhcp) : []),
  ]);
  return [
    ...families,
    ...(there(ofTftp) ? [tftpRoundTrips(ofTftp)] : []),
    ...(there(ofDhcp) ? [dhcpHandling(ofDhcp)] : []),
  ];
}
