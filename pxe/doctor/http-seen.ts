/** HTTP requests as they were seen in TCP: what was asked, the answer's first line, how many bytes came. Encrypted ones show nothing. */
import { decodeLatin1 } from '../../images/bytes/index.ts';
import type { TcpSegment } from '../capture/index.ts';

export interface SeenRequest {
  readonly number: number;
  readonly client: string;
  readonly server: string;
  readonly serverPort: number;
  readonly method: string;
  readonly path: string;
  readonly started: number;
  ended: number;
  /** `null` while no answer was seen. */
  status: number | null;
  length: number | null;
  /** Bytes of the body. */
  bytes: number;
}

/** A connection that never carried a request. */
export interface SeenConnection {
  readonly number: number;
  readonly client: string;
  readonly server: string;
  readonly serverPort: number;
  readonly started: number;
  ended: number;
  accepted: boolean;
  refused: boolean;
  /** Bytes of the client: of TLS, when there is no request. */
  sent: number;
  requests: number;
}

interface Open extends SeenConnection {
  current: SeenRequest | null;
  /** Sequence number of the answer's first byte, and of the body's. */
  answerStart: number | null;
  bodyStart: number | null;
  reached: number;
}

export interface HttpTracker {
  take(tcp: TcpSegment, number: number, at: number): void;
  readonly requests: readonly SeenRequest[];
  readonly connections: readonly SeenConnection[];
}

const MOST = 100_000;

/** Follows connections by the address and port of who began them. */
export function httpTracker(): HttpTracker {
  const open = new Map<string, Open>();
  const requests: SeenRequest[] = [];
  const connections: SeenConnection[] = [];
  return {
    requests,
    connections,
    take(tcp, number, at) {
      const own = `${tcp.sourceAddress}:${tcp.sourcePort}>${tcp.targetAddress}:${tcp.targetPort}`;
      if (tcp.syn && !tcp.ack) {
        const again = open.get(own);
        if (again !== undefined && !again.accepted) again.ended = at;
        else if (connections.length < MOST) connections.push(begin(open, own, tcp, number, at));
        return;
      }
      const client = open.get(own);
      if (client !== undefined) return ofClient(client, tcp, number, at, requests);
      const server = open.get(`${tcp.targetAddress}:${tcp.targetPort}>${tcp.sourceAddress}:${tcp.sourcePort}`);
      if (server !== undefined) ofServer(server, tcp, at);
    },
  };
}

function begin(open: Map<string, Open>, key: string, tcp: TcpSegment, number: number, at: number): Open {
  const connection: Open = {
    number,
    client: tcp.sourceAddress,
    server: tcp.targetAddress,
    serverPort: tcp.targetPort,
    started: at,
    ended: at,
    accepted: false,
    refused: false,
    sent: 0,
    requests: 0,
    current: null,
    answerStart: null,
    bodyStart: null,
    reached: 0,
  };
  open.set(key, connection);
  return connection;
}

function ofClient(connection: Open, tcp: TcpSegment, number: number, at: number, requests: SeenRequest[]): void {
  connection.ended = at;
  connection.sent += tcp.length;
  if (tcp.length === 0) return;
  const line = /^(GET|HEAD|POST|PUT|OPTIONS) (\S{1,2000}) HTTP\/1\.[01]\r\n/.exec(
    decodeLatin1(tcp.payload.subarray(0, 4096)),
  );
  if (line === null || requests.length >= MOST) return;
  const { client, server, serverPort } = connection;
  const request: SeenRequest = {
    number,
    client,
    server,
    serverPort,
    method: line[1] ?? '',
    path: line[2] ?? '',
    started: at,
    ended: at,
    status: null,
    length: null,
    bytes: 0,
  };
  Object.assign(connection, { current: request, answerStart: null, bodyStart: null, reached: 0 });
  connection.requests++;
  requests.push(request);
}

function ofServer(connection: Open, tcp: TcpSegment, at: number): void {
  connection.ended = at;
  if (tcp.syn) connection.accepted = true;
  if (tcp.reset && !connection.accepted) connection.refused = true;
  const { current } = connection;
  if (current === null || tcp.length === 0) return;
  current.ended = at;
  connection.answerStart ??= tcp.sequence;
  // Differences of sequence numbers pass 2^32; bodies of more than 4 GiB are told too small.
  connection.reached = Math.max(connection.reached, (tcp.sequence - connection.answerStart + tcp.length) >>> 0);
  if (connection.bodyStart === null && tcp.sequence === connection.answerStart) {
    const head = decodeLatin1(tcp.payload.subarray(0, 8192));
    const end = head.indexOf('\r\n\r\n');
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
    const length = /\r\ncontent-length: *(\d{1,15})\r\n/i.exec(head)?.[1];
    if (status !== undefined) current.status = Number(status);
    if (length !== undefined) current.length = Number(length);
    if (end >= 0) connection.bodyStart = end + 4;
  }
  if (connection.bodyStart !== null) current.bytes = Math.max(0, connection.reached - connection.bodyStart);
}
