/** The TFTP server as its owner sees it: threads that listen and send, and what is said between them. */
import { MessageChannel, type Worker } from 'node:worker_threads';
import { EnvironmentError, InternalError } from '../../src/core/index.ts';
import { startWorker } from '../../images/bytes/index.ts';
import { freeSeat, openPublications, takeSeats } from '../content/index.ts';
import { openGate } from './caps.ts';
import { tftpCode } from './codes.ts';
import { checkLimits, checkNumber } from './limits.ts';
import { newLine } from './pacer.ts';
import { addCounts, noCounts } from './server-counts.ts';
import type { TftpOwner, TftpServer, TftpServerOptions } from './server-types.ts';
import type { ThreadCounts, ThreadNews, ThreadOrder, ThreadSettings } from './thread-messages.ts';

/** Events and packets die young: without this V8 would let each thread grow by 30 MiB before it looks. */
const threadLimits = { maxYoungGenerationSizeMb: 8 };

const MOST_THREADS = 16;

/**
 * Opens the port and starts the threads; there is nothing to serve until `publish`. Throws InputError (`TFTP_LIMITS`) for
 * options out of their range and EnvironmentError (`TFTP_PORT_IN_USE`, `TFTP_PORT_RIGHTS`, `TFTP_PORT`) without the port.
 */
export async function openTftpServer(options: TftpServerOptions, owner: TftpOwner): Promise<TftpServer> {
  checkLimits(options.limits);
  openGate(options.caps);
  checkNumber('threads', options.threads, 1, MOST_THREADS);
  if (options.linkSpeed !== 'off') checkNumber('linkSpeed', options.linkSpeed, 1_000_000, 1e12);
  const { arena, threads } = options;
  const channels = Array.from({ length: threads - 1 }, () => new MessageChannel());
  const line = newLine();
  const seats = takeSeats(arena, threads);
  const workers = seats.map((seat, index) => {
    const { address, limits, linkSpeed, accelerator, port, caps } = options;
    const listen = index === 0 ? { port, caps } : null;
    const settings: ThreadSettings = { listen, address, limits, linkSpeed, accelerator, line, seat, threads };
    const worker = startWorker(import.meta.url, 'worker-tftp', settings, threadLimits);
    const ports = index === 0 ? channels.map(({ port1 }) => port1) : [(channels[index - 1] as MessageChannel).port2];
    worker.postMessage({ kind: 'ports', ports } satisfies ThreadOrder, ports);
    worker.on('message', heard);
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', (code) => fail(`a thread ended with code ${code}`));
    return worker;
  });
  const [first] = workers as [Worker, ...Worker[]];
  const publications = openPublications((table) => say(first, { kind: 'publish', table }));
  /** Answers that are waited for. */
  const counted = new Map<number, (counts: ThreadCounts) => void>();
  let drained: (() => void) | null = null;
  let questions = 0;
  let open = false;
  /** Why a thread ended before all had begun. */
  let early: InternalError | null = null;
  /** Begun by `close`, or by a thread that died. */
  let closing: Promise<void> | null = null;
  let ended: Promise<void> | null = null;

  function end(): Promise<void> {
    return (ended ??= terminated());
  }

  async function terminated(): Promise<void> {
    await Promise.all(workers.map((worker) => worker.terminate()));
    for (const seat of seats) freeSeat(seat);
    publications.ended();
    for (const answer of counted.values()) answer(noCounts);
    drained?.();
  }

  function fail(message: string): void {
    // What ends threads ends them all; also while they drain one that dies must not be waited for.
    if (ended !== null) return;
    const problem = new InternalError(tftpCode.TFTP_THREAD, message);
    early ??= problem;
    if (!open) return;
    closing ??= end();
    void end();
    owner.failed(problem);
  }

  async function make(number: number, route: string, client: string): Promise<void> {
    // An owner that cannot make a file has said so itself: the client is told that there is none.
    const file = await owner.make(route, client).catch(() => null);
    say(first, { kind: 'made', number, file });
  }

  function heard(news: ThreadNews): void {
    switch (news.kind) {
      case 'make':
        return void make(news.number, news.route, news.client);
      case 'used':
        for (const event of news.uses) owner.used(event);
        return;
      case 'released':
        return owner.released(news.version);
      case 'refused':
        return owner.refused(news.refusal);
      case 'published':
        return publications.used(news.version);
      case 'counts':
        counted.get(news.number)?.(news.counts);
        return void counted.delete(news.number);
      case 'lost':
        return fail(`the TFTP port was lost: ${news.message}`);
      case 'drained':
        return drained?.();
      default:
    }
  }

  let place;
  try {
    [place] = (await Promise.all(workers.map((worker) => readyOf(worker, options)))) as [Ready, ...Ready[]];
    if (early !== null) throw early;
    open = true;
  } catch (error) {
    await end();
    throw error;
  }

  async function ask(worker: Worker): Promise<ThreadCounts> {
    if (ended !== null) return noCounts;
    const number = ++questions;
    const answer = new Promise<ThreadCounts>((resolve) => counted.set(number, resolve));
    say(worker, { kind: 'counts', number });
    return await answer;
  }

  async function drain(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      drained = resolve;
      say(first, { kind: 'drain', ms });
    });
    // With its counts a thread tells what it has not told yet.
    await Promise.all(workers.map(ask));
    await end();
  }

  return {
    ...place,
    publish(table) {
      return closing === null ? publications.publish(table) : Promise.resolve();
    },
    counts: async () => addCounts(closing === null ? await Promise.all(workers.map(ask)) : []),
    close({ drainMs }) {
      closing ??= drain(drainMs);
      return closing;
    },
  };
}

interface Ready {
  readonly address: string;
  readonly port: number;
}

const say = (worker: Worker, order: ThreadOrder): void => worker.postMessage(order);

/** Waits for a thread's first word. */
async function readyOf(worker: Worker, { address, port }: TftpServerOptions): Promise<Ready> {
  const news = await new Promise<ThreadNews>((resolve, reject) => {
    const ended = (code: number): void =>
      reject(new InternalError(tftpCode.TFTP_THREAD, `a thread ended with ${code}`));
    worker.once('error', reject).once('exit', ended);
    worker.once('message', (first: ThreadNews) => {
      worker.off('error', reject).off('exit', ended);
      resolve(first);
    });
  });
  if (news.kind === 'ready') return { address: news.address, port: news.port };
  const code = news.kind === 'not-ready' ? news.code : '';
  const message = news.kind === 'not-ready' ? news.message : news.kind;
  const details = { address, port, system: code };
  const what = `TFTP cannot listen at ${address} port ${port}: ${message}`;
  if (code === 'EADDRINUSE') throw new EnvironmentError(tftpCode.TFTP_PORT_IN_USE, what, { details });
  if (code === 'EACCES' || code === 'EPERM') throw new EnvironmentError(tftpCode.TFTP_PORT_RIGHTS, what, { details });
  throw new EnvironmentError(tftpCode.TFTP_PORT, what, { details });
}
