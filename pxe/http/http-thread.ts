/** The thread of the HTTP server: messages of the owner to calls of the service, and back. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ServedFile } from '../content/index.ts';
import { openService, type ServiceOptions } from './service.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

/** Seconds after which a client is told that there is no content. */
const MAKE_LIMIT = 30;

const port = parentPort;
if (port === null) throw new Error('http-thread is started by openHttpServer only');
const say = (message: FromThread): void => port.postMessage(message);

const made = new Map<number, (file: ServedFile | null) => void>();
let number = 0;
function make(route: string, client: string): Promise<ServedFile | null> {
  return new Promise((resolve) => {
    const mine = ++number;
    const answered = (file: ServedFile | null): void => {
      clearTimeout(limit);
      made.delete(mine);
      resolve(file);
    };
    const limit = setTimeout(() => answered(null), MAKE_LIMIT * 1000);
    // A server that is closed does not wait for it.
    limit.unref();
    made.set(mine, answered);
    say({ kind: 'make', number: mine, route, client });
  });
}

const options = workerData as ServiceOptions;
try {
  const service = await openService(options, {
    make,
    used: (event) => say({ kind: 'used', event }),
    released: (version) => say({ kind: 'released', version }),
    refused: (event) => say({ kind: 'refused', event }),
  });
  port.on('message', (message: ToThread) => {
    if (message.kind === 'publish') {
      service.publish(message.table);
      say({ kind: 'published', version: message.table.version });
    } else if (message.kind === 'made') made.get(message.number)?.(message.file);
    else if (message.kind === 'counts') say({ kind: 'counts', number: message.number, counts: service.counts() });
    else void closeAll(message.drainMs);
  });
  const closeAll = async (drainMs: number): Promise<void> => {
    await service.close(drainMs);
    say({ kind: 'closed' });
    port.close();
  };
  say({ kind: 'listening', address: service.address, port: service.port });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const tls = options.tls !== null && !/^E[A-Z]+$/.test(code ?? '');
  say({ kind: 'refusedToListen', tls, message, code: code ?? '' });
  port.close();
}
