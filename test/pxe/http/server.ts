/** An HTTP server of ours for tests, and what it said. */
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import {
  openArena,
  type RefusedEvent,
  type Route,
  type ServedFile,
  type UsedEvent,
} from '../../../pxe/content/index.ts';
import { defaultHttpLimits, type HttpLimits, type HttpServerOptions, openHttpServer } from '../../../pxe/http/index.ts';

export interface TestServerOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly tls?: HttpServerOptions['tls'];
  readonly cacheBytes?: number;
  /** When to close it; by default when the test ends. */
  readonly until?: (end: () => Promise<void>) => void;
  readonly make?: (route: string, client: string) => Promise<ServedFile | null>;
}

/** Opens a server with these routes at a free port of 127.0.0.1. */
export async function testServer(routes: readonly Route[], options: TestServerOptions = {}) {
  const used: UsedEvent[] = [];
  const refused: RefusedEvent[] = [];
  const released: number[] = [];
  const failed: Error[] = [];
  const arena = openArena({ bytes: options.cacheBytes ?? 8 << 20 });
  const server = await openHttpServer(
    {
      address: '127.0.0.1',
      port: 0,
      tls: options.tls ?? null,
      limits: { ...defaultHttpLimits, ...options.limits },
      arena,
    },
    {
      make: options.make ?? (() => Promise.resolve(null)),
      used: (event) => used.push(event),
      refused: (event) => refused.push(event),
      released: (version) => released.push(version),
      failed: (problem) => failed.push(problem),
    },
  );
  (options.until ?? onTestFinished)(() => server.close({ drainMs: 0 }));
  await server.publish({ version: 1, routes });
  const finished = (): readonly UsedEvent[] => used.filter(({ kind }) => kind === 'finished');
  return {
    server,
    arena,
    used,
    refused,
    released,
    failed,
    finished,
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${server.port}`,
    /** Waits until so many transfers have finished, and gives them. */
    whenFinished: async (count: number): Promise<readonly UsedEvent[]> => {
      for (let tries = 0; finished().length < count && tries < 1000; tries++) await wait(10);
      return finished();
    },
  };
}
