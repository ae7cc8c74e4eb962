/** One file by HTTP as firmware reads it: HEAD, then one GET of the whole (boot-standards 2.6, boot-chain 10). */
import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http';
import { deferred } from './deferred.ts';

export interface HttpAsk {
  readonly url: string;
  readonly method: 'HEAD' | 'GET';
  /** Own address that the connection leaves from. */
  readonly address?: string;
  readonly userAgent: string;
  /** Bytes that are taken at most. */
  readonly limit: number;
  /** Milliseconds without a byte. */
  readonly patience: number;
  readonly data: (payload: Uint8Array) => void;
  readonly signal?: AbortSignal;
}

export type HttpAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Content-Length, `null` without. */
      readonly length: number | null;
      readonly type: string;
      readonly received: number;
      /** All bytes that were announced have come. */
      readonly whole: boolean;
    }
  | { readonly kind: 'failed'; readonly text: string };

/** Asks once. Throws the reason of `signal` only: names of files come from the network, and so they may be no URL. */
export async function httpRead(ask: HttpAsk): Promise<HttpAnswer> {
  const { url, method, limit, patience, data, signal } = ask;
  if (!URL.canParse(url)) return { kind: 'failed', text: 'no URL' };
  if (new URL(url).protocol !== 'http:') return { kind: 'failed', text: 'only http is simulated' };
  signal?.throwIfAborted();
  const ends = deferred<HttpAnswer>();
  const failed = (text: string): void => ends.resolve({ kind: 'failed', text });
  let answered = false;
  const asked = start(ask, (response) => {
    answered = true;
    const { 'content-length': text, 'content-type': type = '' } = response.headers;
    const length = text === undefined ? null : Number(text);
    let received = 0;
    const answer = (): HttpAnswer => ({
      kind: 'answer',
      status: response.statusCode ?? 0,
      length,
      type,
      received,
      whole: method === 'HEAD' || (length !== null && received === length),
    });
    response.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received <= limit) return data(chunk);
      failed(`the file is larger than the limit of ${limit} bytes`);
      asked.destroy();
    });
    response.on('close', () => ends.resolve(answer()));
    response.on('error', () => ends.resolve(answer()));
  });
  asked.setTimeout(patience, () => {
    failed(`no byte for ${patience / 1000} s`);
    asked.destroy();
  });
  asked.on('error', (problem: NodeJS.ErrnoException) => failed(problem.code ?? problem.message));
  // An answer of another protocol (101) is none: the connection is closed without a word.
  asked.on('close', () => {
    if (!answered) failed('the connection ended without an answer');
  });
  const abort = (): void => {
    asked.destroy();
    ends.reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  signal?.addEventListener('abort', abort);
  asked.end();
  try {
    return await ends.promise;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function start(
  { url, method, address, userAgent }: HttpAsk,
  answer: (response: IncomingMessage) => void,
): ClientRequest {
  const headers = { 'user-agent': userAgent, accept: '*/*', connection: 'close' };
  return startRequest(url, { method, headers, agent: false, ...(address ? { localAddress: address } : {}) }, answer);
}
