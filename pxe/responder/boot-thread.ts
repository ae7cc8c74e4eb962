/** The thread that answers DHCP: sockets, clock and messages around `openEngine`. Started by server.ts. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { ANSWERS, nicerThread } from '../../images/bytes/index.ts';
import { EnvironmentError, InputError, OsdkitError } from '../../src/core/index.ts';
import { openTurns } from './batch.ts';
import { responderCode } from './codes.ts';
import { openEngine } from './engine.ts';
import type { Engine, Role } from './engine-types.ts';
import type { Asked, FromThread, PlainError, ThreadData, ToThread } from './messages.ts';
import { probe } from './probe.ts';
import { besideOurs } from './rival.ts';
import { type Listener, openSockets, type OpenSockets } from './sockets.ts';
import type { BootCounts, BootNote, Rival } from './types.ts';

const EXPIRE_EVERY = 5000;

/**
 * The first questions after the start wait for their decisions, from which V8 learns to put all that is read of a question among what
 * lives long: 30 MB a second at 20,000 questions, and collections of 10 ms instead of 1.
 */
setFlagsFromString('--no-allocation-site-pretenuring');

const data = workerData as ThreadData;
const port = parentPort;
if (port === null) throw new Error('boot-thread.ts is a thread of pxe/responder');
const tell = (message: FromThread): void => port.postMessage(message);

function plain(error: unknown): PlainError {
  const family = error instanceof OsdkitError;
  return {
    input: error instanceof InputError,
    code: family ? error.code : responderCode.RESPONDER_THREAD,
    message: error instanceof Error ? error.message : String(error),
    hint: family ? error.hint : undefined,
  };
}

/** A question for the owner, or a note. */
type Said = { readonly asked: Asked } | { readonly note: BootNote };

const say = openTurns<Said>((items) =>
  tell({
    kind: 'told',
    asked: items.flatMap((item) => ('asked' in item ? [item.asked] : [])),
    notes: items.flatMap((item) => ('note' in item ? [item.note] : [])),
  }),
);

/** Names of servers that were told, with what they offered. */
const rivals = new Map<string, string>();
const RIVALS = 256;

function tellRival(found: Rival): void {
  const rival = data.settings.mode === 'full' ? besideOurs(found) : found;
  const key = `${rival.interfaceName} ${rival.serverIdentifier ?? rival.source} ${rival.kind}`;
  if (rivals.get(key) === rival.text || (rivals.size >= RIVALS && !rivals.has(key))) return;
  rivals.set(key, rival.text);
  tell({ kind: 'rival', rival });
}

async function look(sockets: OpenSockets): Promise<readonly Rival[]> {
  const found: Rival[] = [];
  await probe({
    sockets,
    interfaces: data.interfaces,
    dhcpPort: data.ports.dhcp,
    random: Math.random,
    rival: (rival) => {
      found.push(rival);
      tellRival(rival);
    },
  });
  return found;
}

/** Two DHCP servers give one address to two computers: there must be none but ours. */
async function mustBeAlone(sockets: OpenSockets): Promise<void> {
  const other = (await look(sockets)).find(({ kind }) => kind !== 'proxy');
  if (other === undefined) return;
  throw new EnvironmentError(responderCode.RESPONDER_OTHER_DHCP, `addresses are not given: ${other.text}`, {
    details: { server: other.serverIdentifier ?? other.source, interface: other.interfaceName },
  });
}

async function start(): Promise<void> {
  // An offer must not wait for a turn beside threads that send files as fast as they can.
  nicerThread(ANSWERS);
  const kept = new Map<number, () => void>();
  let keepId = 0;
  const sockets = await openSockets(data);
  if (data.settings.mode === 'full') await mustBeAlone(sockets);
  const listenersOf = (role: Role): ReadonlyMap<string, Listener> =>
    new Map(sockets.listeners.flatMap((one) => (one.role === role ? [[one.served.name, one]] : [])));
  const byName = { dhcp: listenersOf('dhcp'), bootServer: listenersOf('bootServer') } as const;
  const sent = (error: Error | null): void => {
    if (error !== null) engine.sendFailed();
  };
  const engine: Engine = openEngine({
    served: data.interfaces,
    settings: data.settings,
    limits: data.limits,
    leases: data.leases,
    now: () => performance.now(),
    wallClock: () => Date.now(),
    later: (delay, call) => void setTimeout(call, delay),
    send({ served, role, source }, { datagram, address, port: to, broadcast }) {
      const listener = byName[role].get(served.name);
      if (data.replyToSource) return listener?.main.send(datagram, source.port, source.address, sent);
      listener?.main.send(datagram, broadcast ? data.ports.client : to, address, sent);
    },
    ask: (ask, client, ownAddress) => say.add({ asked: { ask, client, ownAddress } }),
    note: (note) => say.add({ note }),
    keep(record, done) {
      keepId += 1;
      kept.set(keepId, done);
      tell({ kind: 'keep', id: keepId, record });
    },
  });
  for (const listener of sockets.listeners) listen(listener, engine);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const timers = [setInterval(() => engine.expire(), EXPIRE_EVERY)];
  if (data.probeEvery > 0) {
    let looking = false;
    const again = async (): Promise<void> => {
      if (looking) return;
      looking = true;
      await look(sockets);
      looking = false;
    };
    timers.push(setInterval(() => void again(), data.probeEvery));
    if (data.settings.mode !== 'full') void look(sockets);
  }

  function close(): void {
    for (const timer of timers) clearInterval(timer);
    for (const { main, second } of sockets.listeners) {
      main.close();
      second?.close();
    }
    tell({ kind: 'closed' });
    port?.close();
  }

  port?.on('message', (message: ToThread) => {
    if (message.kind === 'decided') {
      for (const { ask, result } of message.decisions) engine.decided(ask, result);
      if (message.taken) say.taken();
    } else if (message.kind === 'kept') {
      if (message.done) kept.get(message.id)?.();
      kept.delete(message.id);
    } else if (message.kind === 'forget') {
      if (message.client === 'all') engine.forgetAll();
      else engine.forget(message.client);
    } else if (message.kind === 'reconfigure') engine.reconfigure(message.settings);
    else if (message.kind === 'counts') {
      tell({ kind: 'counts', id: message.id, counts: { ...engine.counts(), eventLoop: loop(delay) } });
    } else close();
  });
  const addresses = sockets.listeners.map(({ role, served, main }) => ({
    role,
    interfaceName: served.name,
    address: served.address,
    port: main.address().port,
  }));
  tell({ kind: 'opened', addresses, layout: sockets.layout });
}

function listen({ role, served, main, second }: Listener, engine: Engine): void {
  for (const socket of second === null ? [main] : [main, second]) {
    // Errors of earlier sends (ICMP) are no reason to stop.
    socket.on('error', () => engine.sendFailed());
    socket.on('message', (datagram, { address, port: from }) =>
      engine.receive(datagram, { served, role, source: { address, port: from } }),
    );
  }
}

function loop(delay: ReturnType<typeof monitorEventLoopDelay>): BootCounts['eventLoop'] {
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9);
  const found = { p50: seconds(delay.percentile(50)), p99: seconds(delay.percentile(99)), max: seconds(delay.max) };
  delay.reset();
  return found;
}

try {
  await start();
} catch (error) {
  tell({ kind: 'refused', error: plain(error) });
  port.close();
}
