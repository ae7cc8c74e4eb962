/** A thread of the TFTP server: sends, and the first one listens too. */
import { createSocket } from 'node:dgram';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { attachCache } from '../content/index.ts';
import { openAccelerator } from './accelerator.ts';
import { openListener } from './listener.ts';
import type { Listener } from './listener-types.ts';
import { openPacer, unpaced } from './pacer.ts';
import { openRuns } from './runs.ts';
import type { SenderNews, SenderOrder, ThreadNews, ThreadOrder, ThreadSettings } from './thread-messages.ts';

/** What waits to be looked at while the thread does something else. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

const settings = workerData as ThreadSettings;
const { listen, address, linkSpeed } = settings;
/** Every thread's `performance.now` begins at its own start; the system's clock of time passed is one for all. */
const sinceBoot = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000;
const lineClock = (): number => sinceBoot + performance.now() * 1000;
const tell = (news: ThreadNews): void => parentPort?.postMessage(news);
const now = (): number => performance.now();
const cache = attachCache(settings.seat);
// Without pacing, many packets at once only make the queues on the way lose some (network facts, 3.5).
const accelerator = settings.accelerator === 'auto' && linkSpeed !== 'off' ? openAccelerator() : null;
const pacer = linkSpeed === 'off' ? unpaced : openPacer(settings.line, linkSpeed, lineClock);
const most = Math.floor(settings.seat.arena.slots / 4 / settings.threads);
let listener: Listener | null = null;
let ports: readonly MessagePort[] = [];

const runs = openRuns(
  {
    address,
    limits: settings.limits,
    cache,
    pins: { kept: 0, most, draining: [] },
    pacer,
    accelerator,
    tellsFull: process.platform !== 'linux',
    now,
  },
  (news) => {
    if (listener === null) ports[0]?.postMessage(news);
    else listener.news(news);
  },
  (uses) => tell({ kind: 'used', uses }),
);

/** The socket for requests. */
function openPort({ port, caps }: NonNullable<ThreadSettings['listen']>): () => void {
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, found) => found(null, host, 4) });
  let open = false;
  const opened = openListener({
    caps,
    threads: settings.threads,
    now,
    behind: (call) => void setImmediate(call),
    send: (bytes, to, host) => socket.send(bytes, to, host),
    order(thread, order) {
      if (thread === 0) runs.order(order);
      else ports[thread - 1]?.postMessage(order);
    },
    make: (number, route, client) => tell({ kind: 'make', number, route, client }),
    refused: (refusal) => tell({ kind: 'refused', refusal }),
    released: (version) => tell({ kind: 'released', version }),
  });
  listener = opened;
  socket.on('message', (bytes, { address: host, port: from }) => opened.datagram(bytes, host, from));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // What an earlier answer met: the port itself is as it was.
    if (open && error.syscall === 'recvmsg') return;
    tell(open ? { kind: 'lost', message: error.message } : notReady(error));
  });
  socket.on('listening', () => {
    open = true;
    try {
      socket.setRecvBufferSize(RECEIVE_BUFFER);
    } catch {
      // A system that allows less keeps its own size.
    }
    const place = socket.address();
    tell({ kind: 'ready', address: place.address, port: place.port });
  });
  socket.bind({ port, address, exclusive: true });
  return () => socket.close();
}

const notReady = ({ code = '', message }: NodeJS.ErrnoException): ThreadNews => ({ kind: 'not-ready', code, message });

const closePort = listen === null ? null : openPort(listen);
if (listen === null) tell({ kind: 'ready', address, port: 0 });
parentPort?.on('message', (order: ThreadOrder) => {
  switch (order.kind) {
    case 'ports':
      ports = order.ports;
      for (const port of ports) {
        port.on('message', (message: SenderNews | SenderOrder) => {
          if (listener === null) runs.order(message as SenderOrder);
          else listener.news(message as SenderNews);
        });
      }
      return;
    case 'publish':
      listener?.publish(order.table);
      return tell({ kind: 'published', version: order.table.version });
    case 'made':
      return listener?.made(order.number, order.file);
    case 'counts':
      runs.flush();
      return tell({
        kind: 'counts',
        number: order.number,
        counts: {
          sent: runs.sums(),
          transfers: runs.size,
          queued: pacer.waiting,
          accelerated: accelerator !== null,
          delayP99: runs.delayP99(),
          listener: listener?.counts() ?? null,
        },
      });
    default:
      closePort?.();
      return listener?.drain(order.ms, () => tell({ kind: 'drained' }));
  }
});
