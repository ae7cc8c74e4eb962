/** Transfers under way: their events, who takes nothing any more, and how each ended. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Cache, FoundRoute, HeldTable, ServedFile, ServedOutcome, UsedEvent } from '../content/index.ts';
import type { Admission } from './admission.ts';
import type { Connections } from './connections.ts';
import type { Coverage } from './coverage.ts';
import { openSending, type Sending } from './sending.ts';
import { openStories } from './stories.ts';
import type { Tally } from './tally.ts';
import { openTurns } from './turns.ts';

/** Milliseconds between two looks at all transfers. */
const SWEEP = 1_000;

export interface NewHttpTransfer {
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly route: FoundRoute;
  readonly file: ServedFile;
  readonly address: string;
  readonly start: number;
  readonly end: number;
  readonly table: HeldTable;
  /** Has a place of the admission. */
  readonly admitted: boolean;
  readonly head: () => void;
  readonly detail: string;
}

export interface Transfers {
  readonly count: number;
  start(transfer: NewHttpTransfer): void;
  /** Resolves when none is left. */
  drained(): Promise<void>;
  /** Cuts those that are left. */
  cancel(): void;
  /** Ends the sweep. */
  stop(): void;
}

interface Running {
  readonly sending: Sending;
  readonly cut: (outcome: ServedOutcome, detail: string) => void;
}

/** Milliseconds that a read may take without a word. */
const SLOW_READ = 1_000;

/** Whose fault it may be that a client had enough. */
function behindDisk({ readingSince }: Sending, at: number): string {
  if (readingSince === null || at - readingSince < SLOW_READ) return '';
  return ` while the file was being read for ${Math.floor((at - readingSince) / 1000)} s`;
}

export interface TransferWorld {
  readonly cache: Cache;
  readonly admission: Admission;
  readonly connections: Connections;
  readonly coverage: Coverage;
  readonly tally: Tally;
  readonly used: (event: UsedEvent) => void;
  readonly now: () => number;
  readonly idleSeconds: number;
}

export function openTransfers(world: TransferWorld): Transfers {
  const { cache, admission, connections, coverage, tally, used, now } = world;
  const turns = openTurns(now);
  const running = new Set<Running>();
  const stories = openStories(used, now);
  let whenDrained: (() => void)[] = [];

  const sweep = setInterval(() => {
    const at = now();
    for (const { sending, cut } of running) {
      const { idleSince } = sending;
      if (idleSince === null || at - idleSince <= world.idleSeconds * 1000) continue;
      cut('gave-up', `the client took nothing for ${world.idleSeconds} s`);
    }
    stories.sweep();
  }, SWEEP);
  sweep.unref();

  const gone = (one: Running): void => {
    running.delete(one);
    if (running.size > 0) return;
    for (const resolve of whenDrained) resolve();
    whenDrained = [];
  };

  return {
    get count() {
      return running.size;
    },
    start({ response, socket, route, file, address, start, end, table, admitted, head, detail }) {
      const begun = now();
      const who = route.client ?? address;
      /** What we did to it, if anything. */
      let cutBy: { readonly outcome: ServedOutcome; readonly detail: string } | null = null;
      let given = false;

      const finish = (outcome: ServedOutcome, text: string): void => {
        tally.finished[outcome]++;
        const complete = outcome === 'delivered' && coverage.got(who, file, { start, end });
        // A part at the end of the file is the last one, as of a download that goes on where it was cut.
        chapter.end({ outcome, complete, detail: text }, end === file.size);
      };
      const cut: Running['cut'] = (outcome, text) => {
        cutBy ??= { outcome, detail: text };
        response.destroy();
      };
      const failed = (problem: unknown, headSent: boolean): void => {
        cutBy ??= { outcome: 'failed', detail: problem instanceof Error ? problem.message : String(problem) };
        if (headSent) response.destroy();
        else {
          tally.answered(500);
          response.writeHead(500, { 'Content-Length': 0, Connection: 'close' }).end();
        }
      };
      const sending = openSending({ response, cache, file, start, end, head, failed, turns, now });
      const one: Running = { sending, cut };
      running.add(one);
      const inParts = start > 0 || end < file.size;
      const chapter = stories.begin({ route, file, address }, { inParts, bytes: () => sending.bytes, detail });

      response.once('finish', () => (given = true));
      response.once('close', () => {
        const seconds = (now() - begun) / 1000;
        const well = given && cutBy === null;
        tally.bytes[file.fileClass] += sending.bytes;
        gone(one);
        if (admitted) {
          const more = well && inParts;
          admission.leave(who, now(), { seconds, more, address });
        }
        // Until then the cache may read by the table's descriptors.
        void sending.stopped.then(table.release);
        if (cutBy !== null) finish(cutBy.outcome, cutBy.detail);
        else if (!given) finish('aborted', `the client closed the connection${behindDisk(sending, now())}`);
        else {
          connections.confirm(socket, (arrived) =>
            arrived ? finish('delivered', detail) : finish('unconfirmed', 'the connection broke behind the last byte'),
          );
        }
      });
    },
    drained: () => (running.size === 0 ? Promise.resolve() : new Promise((resolve) => whenDrained.push(resolve))),
    cancel() {
      for (const { cut } of running) cut('canceled', 'the server stops');
    },
    stop() {
      clearInterval(sweep);
      stories.close();
    },
  };
}
