/** `openBootServer`: the side of the owner. It starts the thread, carries questions and answers, and passes on what is told. */
import type { Worker } from 'node:worker_threads';
import { EnvironmentError, InputError, InternalError } from '../../src/core/index.ts';
import { startWorker } from '../../images/bytes/index.ts';
import { addressSet } from '../dhcp/index.ts';
import { openLeaseServer } from '../lease/index.ts';
import { openBatch } from './batch.ts';
import { responderCode } from './codes.ts';
import type { Asked, Decided, FromThread, PlainError, ThreadData, ToThread } from './messages.ts';
import {
  BOOT_PORTS,
  type BootCounts,
  type BootServer,
  type BootServerOptions,
  type BootServerOwner,
  RESPONDER_LIMITS,
  type ResponderSettings,
} from './types.ts';

const PROBE_EVERY = 600_000;

/**
 * A small young generation: what lives for an exchange is moved in many short collections (of 1 ms, at 20,000 new clients a second)
 * instead of a few long ones, and an offer waits for one at most.
 */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 12 } as const;

/**
 * Opens the sockets in a thread of their own and answers until `close`. InputError: `RESPONDER_INTERFACES`,
 * `RESPONDER_NO_INTERFACE`, `RESPONDER_SETTINGS`, `LEASE_RANGE`, `DHCP_VALUE` (relays); EnvironmentError:
 * `RESPONDER_PORT_IN_USE`, `RESPONDER_PORT_RIGHTS`, `RESPONDER_SOCKET`, `RESPONDER_OTHER_DHCP`.
 */
export async function openBootServer(options: BootServerOptions, owner: BootServerOwner): Promise<BootServer> {
  checkSettings(options.settings, options, owner);
  const data: ThreadData = {
    interfaces: options.interfaces,
    otherInterfaces: options.otherInterfaces ?? [],
    ports: { ...BOOT_PORTS, ...options.ports },
    settings: options.settings,
    limits: { ...RESPONDER_LIMITS, ...options.limits },
    sockets: options.sockets ?? [],
    replyToSource: options.replyToSource ?? false,
    deviceSockets: options.deviceSockets ?? true,
    probeEvery: options.probeEvery ?? PROBE_EVERY,
    leases: options.leases ?? [],
  };
  const worker = startWorker(import.meta.url, 'boot-thread', data, THREAD_LIMITS);
  const pending = new Map<number, (counts: BootCounts) => void>();
  const tell = (message: ToThread): void => worker.postMessage(message);
  let told = false;
  const answer = openBatch<Decided>((decisions) => {
    tell({ kind: 'decided', decisions, taken: told });
    told = false;
  });
  const take = (message: Extract<FromThread, { kind: 'told' }>): void => {
    told = true;
    answer.due();
    for (const note of message.notes) owner.noted(note);
    for (const asked of message.asked) decide(asked, owner, (decided) => answer.add(decided));
  };
  let countsId = 0;
  let closing = false;
  const opened = await new Promise<Extract<FromThread, { kind: 'opened' }>>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'opened') resolve(message);
      else if (message.kind === 'refused') {
        closing = true;
        // Sockets that were open already hold it otherwise.
        void worker.terminate();
        reject(rebuilt(message.error));
      } else if (message.kind === 'counts') {
        pending.get(message.id)?.(message.counts);
        pending.delete(message.id);
      } else if (message.kind === 'told') take(message);
      else handle(message, owner, tell);
    });
    const ended = (error: Error) => {
      reject(error);
      if (!closing) owner.failed?.(error);
    };
    worker.once('error', ended);
    worker.once('exit', (code) =>
      ended(new InternalError(responderCode.RESPONDER_THREAD, `it ended with code ${code}`)),
    );
  });
  return {
    addresses: opened.addresses,
    layout: opened.layout,
    forget: (client) => tell({ kind: 'forget', client }),
    reconfigure(settings) {
      checkSettings(settings, options, owner);
      if (settings.mode !== options.settings.mode) {
        throw new InputError(
          responderCode.RESPONDER_SETTINGS,
          `the mode of a running server cannot change from ${options.settings.mode} to ${settings.mode}: start it anew`,
        );
      }
      tell({ kind: 'reconfigure', settings });
    },
    counts() {
      countsId += 1;
      const id = countsId;
      return new Promise((resolve) => {
        pending.set(id, resolve);
        tell({ kind: 'counts', id });
      });
    },
    async close() {
      if (closing) return;
      closing = true;
      await closed(worker, tell);
    },
  };
}

function handle(message: FromThread, owner: BootServerOwner, tell: (message: ToThread) => void): void {
  if (message.kind === 'rival') owner.rival(message.rival);
  else if (message.kind === 'keep') {
    // What was not kept is not acknowledged: the client asks again.
    void owner.leased?.(message.record).then(
      () => tell({ kind: 'kept', id: message.id, done: true }),
      () => tell({ kind: 'kept', id: message.id, done: false }),
    );
  }
}

function decide({ ask, client, ownAddress }: Asked, owner: BootServerOwner, answer: (decided: Decided) => void): void {
  void Promise.resolve()
    .then(() => owner.decide(client, ownAddress))
    .then(
      (result) => answer({ ask, result }),
      (error: unknown) => answer({ ask, result: { failed: error instanceof Error ? error.message : String(error) } }),
    );
}

function closed(worker: Worker, tell: (message: ToThread) => void): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
    // Nothing is owed to anybody then; a question of our own may still listen.
    worker.on('message', ({ kind }: FromThread) => {
      if (kind === 'closed') void worker.terminate();
    });
    tell({ kind: 'close' });
  });
}

function checkSettings(settings: ResponderSettings, options: BootServerOptions, owner: BootServerOwner): void {
  const refuse = (why: string): never => {
    throw new InputError(responderCode.RESPONDER_SETTINGS, why, { details: { mode: settings.mode } });
  };
  const [first, ...more] = options.interfaces;
  if (first === undefined) {
    throw new InputError(responderCode.RESPONDER_NO_INTERFACE, 'no interface was named to answer on');
  }
  addressSet(settings.relays);
  if (settings.mode !== 'full') return;
  if (settings.lease === undefined) return refuse('mode `full` needs a range of addresses');
  if (owner.leased === undefined) return refuse('mode `full` needs a place where leases are kept');
  if (more.length > 0) return refuse('addresses are given on one interface alone');
  openLeaseServer(settings.lease, first.address, []);
}

function rebuilt({ input, code, message, hint }: PlainError): Error {
  const options = hint === undefined ? {} : { hint };
  if (code === responderCode.RESPONDER_THREAD) return new InternalError(code, message, options);
  return input ? new InputError(code, message, options) : new EnvironmentError(code, message, options);
}
