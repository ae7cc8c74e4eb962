/** Loads files for the stages of a boot, counts and hashes them. */
import { createHash } from 'node:crypto';
import { driveRead, type ServerPlace } from './drive.ts';
import type { Fetch, FetchedFile } from './fetch.ts';
import { httpRead } from './http-read.ts';
import type { ReadOutcome } from './reading.ts';
import type { Wire } from './wire.ts';

export interface FetcherOptions {
  readonly wire: Wire;
  readonly place: ServerPlace;
  readonly address: string;
  readonly limit: number;
  readonly scale: number;
  readonly dally?: number;
  readonly signal?: AbortSignal;
}

/** Content that is kept for a stage that reads it. */
const KEEP_LIMIT = 16 * 1024 * 1024;
const HTTP_PATIENCE = 15_000;

/** Loads over the wire and over HTTP, counts and hashes. */
export function fetcher(options: FetcherOptions, server: string, note: (file: FetchedFile) => FetchedFile): Fetch {
  const { wire, place, address, limit, scale, dally, signal } = options;
  return {
    async tftp(name, { options: asked, style, probe = false, keep = false }) {
      const taken = collector(keep);
      const started = wire.now();
      const outcome = await driveRead({
        wire,
        address,
        server: { address: server, port: place.tftpPort },
        request: { name, options: asked, style, probe, limit, scale },
        data: (payload) => taken.data(payload),
        ...(dally === undefined ? {} : { dally }),
        ...(signal ? { signal } : {}),
      });
      return note({
        protocol: 'tftp',
        name,
        time: wire.now() - started,
        ...tftpWords(outcome),
        ...taken.end(outcome.kind === 'complete'),
      });
    },
    async http(url, { method, userAgent, keep = false }) {
      const taken = collector(keep);
      const started = wire.now();
      const answer = await httpRead({
        url,
        method,
        address,
        userAgent,
        limit,
        patience: HTTP_PATIENCE,
        data: (payload) => taken.data(payload),
        ...(signal ? { signal } : {}),
      });
      const time = wire.now() - started;
      const head = { protocol: 'http', name: method === 'HEAD' ? `HEAD ${url}` : url, time } as const;
      if (answer.kind === 'failed')
        return note({ ...head, outcome: 'failed', size: 0, text: answer.text, ...taken.end(false) });
      const { status, length, received, whole } = answer;
      if (status !== 200) {
        return note({
          ...head,
          outcome: status === 404 ? 'missing' : 'failed',
          size: 0,
          text: `HTTP ${status}`,
          ...taken.end(false),
        });
      }
      if (method === 'HEAD') {
        return note({
          ...head,
          outcome: length === null ? 'failed' : 'size',
          size: length ?? 0,
          text: length === null ? 'no Content-Length' : '',
          ...taken.end(false),
        });
      }
      const text = whole ? '' : `${received} of ${length ?? 'unknown'} bytes came`;
      return note({ ...head, outcome: whole ? 'complete' : 'failed', size: received, text, ...taken.end(whole) });
    },
  };
}

function tftpWords(outcome: ReadOutcome): Pick<FetchedFile, 'outcome' | 'size' | 'text'> {
  switch (outcome.kind) {
    case 'complete':
      return { outcome: 'complete', size: outcome.size, text: '' };
    case 'probed':
      return { outcome: 'size', size: outcome.size, text: '' };
    case 'refused':
      return {
        outcome: outcome.code === 1 ? 'missing' : 'failed',
        size: 0,
        text: `TFTP error ${outcome.code}: ${outcome.message}`,
      };
    case 'silent':
      return {
        outcome: 'failed',
        size: outcome.received,
        text: outcome.received === 0 ? 'no answer by TFTP' : `nothing came after ${outcome.received} bytes`,
      };
    default:
      return { outcome: 'failed', size: 0, text: outcome.text };
  }
}

function collector(keep: boolean): {
  data(payload: Uint8Array): void;
  end(whole: boolean): Pick<FetchedFile, 'sha256' | 'bytes'>;
} {
  const hash = createHash('sha256');
  const parts: Uint8Array[] = [];
  let kept = 0;
  return {
    data(payload) {
      hash.update(payload);
      kept += payload.length;
      if (keep && kept <= KEEP_LIMIT) parts.push(payload.slice());
    },
    end: (whole) => ({
      sha256: whole ? hash.digest('hex') : null,
      bytes: whole && keep && kept <= KEEP_LIMIT ? new Uint8Array(Buffer.concat(parts)) : null,
    }),
  };
}
