/** One request: from its path to its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { findRoute, type FoundRoute, type HeldTable, type ServedFile, type Versions } from '../content/index.ts';
import type { Admission } from './admission.ts';
import { peerAddress } from './connections.ts';
import type { Coverage } from './coverage.ts';
import { replyFor } from './reply.ts';
import { targetName } from './request-target.ts';
import type { RefusalReason, Tally } from './tally.ts';
import type { Transfers } from './transfers.ts';

/** Files that are asked of the owner at once. */
const MOST_MADE = 512;

/** What does not retry after 503 (EDK2's HTTP Boot sends this name; its driver has no Retry-After). */
const firmware = /^UefiHttpBoot\//i;

export interface ExchangeWorld {
  readonly versions: Versions;
  readonly transfers: Transfers;
  readonly admission: Admission;
  readonly coverage: Coverage;
  readonly tally: Tally;
  /** The owner's, which answers in time or with null. */
  readonly make: (route: string, client: string) => Promise<ServedFile | null>;
  readonly now: () => number;
  /** No new transfers: connections end with their answer. */
  readonly stopping: () => boolean;
}

/** Answers requests; every path through it ends in one answer or a closed connection. */
export function openExchanges(world: ExchangeWorld) {
  const { versions, transfers, admission, coverage, tally } = world;
  let making = 0;

  function refuse(
    { request, response }: Pair,
    status: number,
    reason: RefusalReason,
    headers: Readonly<Record<string, string | number>> = {},
  ): void {
    tally.refuse(peerAddress(request.socket), request.url ?? '', reason);
    tally.answered(status);
    response.writeHead(status, { ...headers, 'Content-Length': 0, ...ending(request) }).end();
  }

  /** Bodies of requests are not read: the connection ends with the answer. */
  function ending({ headers }: IncomingMessage): Readonly<Record<string, string>> {
    const body = headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
    return body || world.stopping() ? { Connection: 'close' } : {};
  }

  async function contentOf(found: FoundRoute): Promise<ServedFile | null> {
    if (found.content !== 'made') return found.content;
    if (found.client === null || making >= MOST_MADE) return null;
    making++;
    try {
      return await world.make(found.name, found.client);
    } finally {
      making--;
    }
  }

  function give(pair: Pair, found: FoundRoute, file: ServedFile, table: HeldTable): boolean {
    const { request, response } = pair;
    const address = peerAddress(request.socket);
    const { status, headers, body } = replyFor(request.method ?? '', request.headers, found.name, file);
    const head = (): void => {
      tally.answered(status);
      response.writeHead(status, { ...headers, ...ending(request) });
    };
    if (body === null || request.method === 'HEAD') {
      head();
      response.end();
      return false;
    }
    const large = file.fileClass === 'bootImage' || file.fileClass === 'imageFile';
    if (large) {
      const who = found.client ?? address;
      const patient = !firmware.test(request.headers['user-agent'] ?? '') && !coverage.has(who, file.id);
      const admitted = admission.ask(who, world.now(), { patient, address });
      if (admitted.kind === 'later') {
        refuse(pair, 503, 'too many images at once', { 'Retry-After': admitted.seconds });
        return false;
      }
    }
    const { start, end } = body;
    const detail = status === 206 ? `bytes ${start}-${end - 1}` : 'whole';
    transfers.start({
      response,
      socket: request.socket,
      route: found,
      file,
      address,
      start,
      end,
      table,
      admitted: large,
      head,
      detail,
    });
    return true;
  }

  return async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pair = { request, response };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(pair, 405, 'method', { Allow: 'GET, HEAD' });
    }
    const target = targetName(request.url ?? '');
    if (target.kind === 'refused') return refuse(pair, target.status, 'bad path');
    const table = versions.hold();
    let started = false;
    try {
      const found = findRoute(table.index, target.name, null);
      if (found === null) return refuse(pair, 404, 'unknown name');
      const file = await contentOf(found);
      if (response.destroyed) return;
      if (file === null) return refuse(pair, found.content === 'made' ? 503 : 404, 'no content', { 'Retry-After': 5 });
      started = give(pair, found, file, table);
    } finally {
      if (!started) table.release();
    }
  };
}

interface Pair {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}
