/** Opens the HTTP server in a thread of its own. */
import { startWorker } from '../../images/bytes/index.ts';
import { EnvironmentError, InputError, InternalError, type OsdkitError } from '../../src/core/index.ts';
import { freeSeat, openPublications, type ServedFile, takeSeat } from '../content/index.ts';
import { httpCode } from './codes.ts';
import { checkHttpLimits } from './limits.ts';
import type { HttpCounts, HttpOwner, HttpServer, HttpServerOptions } from './server-types.ts';
import type { ServiceOptions } from './service.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

/** Why a port could not be opened, with what to do. */
function refusedToListen(
  { address, port }: HttpServerOptions,
  { tls, message, code }: Extract<FromThread, { kind: 'refusedToListen' }>,
): OsdkitError {
  if (tls) {
    return new InputError(httpCode.HTTP_CERTIFICATE, `certificate and key of the HTTPS server: ${message}`, {
      hint: 'Give certificate chain and private key as PEM files that belong together, without a password.',
    });
  }
  const hints: Readonly<Record<string, string>> = {
    EADDRINUSE: 'End the program that uses the port, or choose another one.',
    EACCES: 'Ports below 1024 need root or CAP_NET_BIND_SERVICE; or choose a higher one.',
    EADDRNOTAVAIL: 'Give an address of this host, or 0.0.0.0.',
  };
  return new EnvironmentError(httpCode.HTTP_LISTEN, `HTTP cannot listen at ${address} port ${port}: ${message}`, {
    hint: hints[code] ?? 'Choose another address or port.',
    details: { address, port, errno: code },
  });
}

/**
 * Opens the server; until the first `publish` every name is unknown. Throws InputError (`HTTP_LIMITS`,
 * `HTTP_CERTIFICATE`, `CONTENT_THREADS`) and EnvironmentError (`HTTP_LISTEN`).
 */
export async function openHttpServer(options: HttpServerOptions, owner: HttpOwner): Promise<HttpServer> {
  checkHttpLimits(options.limits);
  const { address, port, tls, limits, arena } = options;
  const seat = takeSeat(arena);
  const data: ServiceOptions = { address, port, tls, limits, seat };
  const worker = startWorker(import.meta.url, 'http-thread', data);
  const say = (message: ToThread): void => worker.postMessage(message);

  const publications = openPublications((table) => say({ kind: 'publish', table }));
  const counted = new Map<number, { resolve: (counts: HttpCounts) => void; reject: (problem: Error) => void }>();
  let gone = false;
  let number = 0;
  let ending = false;
  let thrown: unknown = null;
  const ended = (): InternalError => {
    const why = thrown instanceof Error ? thrown.message : 'it ended';
    return new InternalError(httpCode.HTTP_THREAD, `the thread of the HTTP server: ${why}`, { cause: thrown });
  };

  const make = async (message: Extract<FromThread, { kind: 'make' }>): Promise<void> => {
    // A file that cannot be made is none: the owner says why in its own log.
    let file: ServedFile | null = null;
    try {
      file = await owner.make(message.route, message.client);
    } catch {}
    say({ kind: 'made', number: message.number, file });
  };
  const exited = new Promise<void>((resolve) => {
    worker.once('error', (error) => (thrown = error));
    worker.once('exit', () => {
      freeSeat(seat);
      // Nobody waits for a thread that has ended.
      publications.ended();
      gone = true;
      for (const { reject } of counted.values()) reject(ended());
      resolve();
    });
  });

  const place = await new Promise<{ address: string; port: number }>((resolve, reject) => {
    const early = (): void => reject(ended());
    worker.once('exit', early);
    worker.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'listening':
          worker.off('exit', early);
          resolve(message);
          break;
        case 'refusedToListen':
          worker.off('exit', early);
          ending = true;
          reject(refusedToListen(options, message));
          break;
        case 'published':
          publications.used(message.version);
          break;
        case 'counts':
          counted.get(message.number)?.resolve(message.counts);
          counted.delete(message.number);
          break;
        case 'make':
          void make(message);
          break;
        case 'used':
          owner.used(message.event);
          break;
        case 'released':
          owner.released(message.version);
          break;
        case 'refused':
          owner.refused(message.event);
          break;
        default:
          ending = true;
      }
    });
  });
  void exited.then(() => {
    if (!ending) owner.failed(ended());
  });

  return {
    ...place,
    publish: (table) => publications.publish(table),
    counts: () =>
      new Promise((resolve, reject) => {
        if (gone) return reject(ended());
        counted.set(++number, { resolve, reject });
        say({ kind: 'counts', number });
      }),
    async close({ drainMs }) {
      ending = true;
      say({ kind: 'close', drainMs });
      await exited;
    },
  };
}
