/** What the servers count, as metrics: names of the network facts, section 7. */
import type { HttpCounts, MetricFamily } from '../../../pxe/http/index.ts';
import type { BootCounts } from '../../../pxe/responder/index.ts';
import type { TftpCounts } from '../../../pxe/tftp/index.ts';
import type { ServerCount } from './operation-metrics.ts';

type Type = ServerCount['type'];
type Labels = NonNullable<ServerCount['labels']>;

const count = (name: string, help: string, type: Type, value: number, labels: Labels = {}): ServerCount => ({
  name,
  help,
  type,
  value,
  labels,
});

export function dhcpCounts(counts: BootCounts): ServerCount[] {
  const { results, eventLoop } = counts;
  return [
    ...results.map(({ stage, architecture, reason, count: value }) =>
      count('dhcp_requests_total', 'Questions of boot clients, and what became of each.', 'counter', value, {
        type: stage,
        arch: architecture,
        result: reason,
      }),
    ),
    count('dhcp_received_total', 'Datagrams at the DHCP ports.', 'counter', counts.received),
    count('dhcp_sent_total', 'Replies that were sent.', 'counter', counts.sent),
    count('dhcp_send_errors_total', 'Replies that the system did not send.', 'counter', counts.sendErrors),
    count('dhcp_exchanges', 'Computers in an exchange.', 'gauge', counts.exchanges),
    count('dhcp_decisions_open', 'Decisions that are being made.', 'gauge', counts.decisionsOpen),
    count('dhcp_leases', 'Addresses that are given.', 'gauge', counts.leases),
    delay('dhcp', eventLoop.p99),
  ];
}

/** How long datagrams take, from arrival to the end of their handling. */
export function dhcpHandling({ handling: { bounds, counts, sum } }: BootCounts): MetricFamily {
  return {
    name: 'dhcp_handle_seconds',
    help: 'Seconds from a datagram to the end of its handling.',
    type: 'histogram',
    samples: [
      {
        labels: {},
        // What comes in is cumulative; what goes out is by bucket.
        buckets: bounds.map((bound, i) => [bound, (counts[i] ?? 0) - (counts[i - 1] ?? 0)] as const),
        above: (counts.at(-1) ?? 0) - (counts[bounds.length - 1] ?? 0),
        sum,
      },
    ],
  };
}

/** How long clients take to acknowledge, the way there and back included. */
export function tftpRoundTrips({ roundTrips: { bounds, counts, sum } }: TftpCounts): MetricFamily {
  return {
    name: 'tftp_rtt_seconds',
    help: 'Seconds from a window to its acknowledgement, where nothing was sent twice.',
    type: 'histogram',
    samples: [
      {
        labels: {},
        buckets: bounds.map((bound, i) => [bound, counts[i] ?? 0] as const),
        above: counts[bounds.length] ?? 0,
        sum,
      },
    ],
  };
}

export function tftpCounts(counts: TftpCounts): ServerCount[] {
  const sessions = 'TFTP transfers in work.';
  return [
    count('tftp_sessions', sessions, 'gauge', counts.transfers - counts.unanswered, { state: 'running' }),
    count('tftp_sessions', sessions, 'gauge', counts.unanswered, { state: 'unanswered' }),
    count('tftp_clients', 'Addresses with TFTP transfers in work.', 'gauge', counts.clients),
    count('pacer_queue_length', 'Transfers that wait for their turn on the line.', 'gauge', counts.queued),
    count('tftp_blocks_total', 'Blocks that were sent.', 'counter', counts.blocks),
    count('tftp_blocks_retransmitted_total', 'Blocks that were sent again.', 'counter', counts.repeated),
    count('tftp_timeouts_total', 'Waits for an acknowledgement that ended in vain.', 'counter', counts.timeouts),
    count('tftp_gaps_total', 'Acknowledgements that asked for a block again.', 'counter', counts.gaps),
    count('tftp_accelerated', 'Whether many packets go by one call.', 'gauge', counts.accelerated ? 1 : 0),
    ...Object.entries(counts.refused).map(([reason, value]) =>
      count('tftp_rejected_total', 'TFTP requests that were refused.', 'counter', value, { reason }),
    ),
    ...counts.threads.map(({ delayP99 }, thread) => delay(`tftp-${thread}`, delayP99 / 1000)),
  ];
}

export function httpCounts(counts: HttpCounts): ServerCount[] {
  const { cache } = counts;
  return [
    ...Object.entries(counts.requests).map(([code, value]) =>
      count('http_requests_total', 'Answers by status.', 'counter', value, { code }),
    ),
    ...Object.entries(counts.refused).map(([reason, value]) =>
      count('http_rejected_total', 'HTTP requests that were refused.', 'counter', value, { reason }),
    ),
    count('http_connections', 'Connections that are open.', 'gauge', counts.connections),
    count('http_sessions', 'HTTP transfers in work.', 'gauge', counts.transfers),
    count('http_waiting', 'Computers that were told to come again for a large image.', 'gauge', counts.waiting),
    count('cache_hits_total', 'Chunks that HTTP found in the cache.', 'counter', cache.hits, { server: 'http' }),
    count('cache_misses_total', 'Chunks that were read.', 'counter', cache.misses, { server: 'http' }),
    count('cache_outside_bytes', 'Bytes of chunks that found no place.', 'gauge', cache.outsideBytes, {
      server: 'http',
    }),
    delay('http', counts.delayP99 / 1000),
  ];
}

/** Of the main thread, and of the whole computer. */
export function hostCounts(eventLoopDelay: number, dropped: number | null): ServerCount[] {
  const help = 'Datagrams that this computer dropped since nobody took them in time.';
  return [
    delay('main', eventLoopDelay),
    ...(dropped === null ? [] : [count('udp_rcvbuf_errors', help, 'counter', dropped)]),
  ];
}

function delay(thread: string, seconds: number): ServerCount {
  const help = 'Delay of the event loop since the last question, 99 of 100 below it.';
  return count('eventloop_delay_seconds', help, 'gauge', seconds, { thread });
}
