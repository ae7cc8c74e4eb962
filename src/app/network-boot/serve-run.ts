/** One run of serving, from the first socket to the last line: what is served comes from a `Serving`, a site or one image. */
import { ANSWERS, nicerThread } from '../../../images/bytes/index.ts';
import { givenSockets, type ResponderSettings } from '../../../pxe/responder/index.ts';
import { coreCode, EnvironmentError, InternalError, type OperationContext } from '../../core/index.ts';
import type { Services } from '../use-case.ts';
import { networkBootCode } from './codes.ts';
import type { SiteDecider } from './decide-types.ts';
import { clientOfPath } from './identity-path.ts';
import type { PublishSource } from './published-images.ts';
import { servedInterfaces } from './serve-address.ts';
import { closeAll, openEnding, type Close, type Ending } from './serve-ending.ts';
import type { ServeHost } from './serve-host.ts';
import { openHub, type ServeHub } from './serve-hub.ts';
import { countImages, tellImages, tellPlaces } from './serve-notices.ts';
import type { ServeSettings } from './serve-input.ts';
import { lineSpeed, transportOf, type Transport } from './serve-transport.ts';
import { durationText } from './serve-duration.ts';
import type { KeptLeases } from './serve-leases.ts';
import { withPortHint } from './serve-port-error.ts';
import { openServers, type Delivered, type PublishWishes, type Servers } from './serve-servers.ts';
import { openSums, type ServeReport } from './serve-report.ts';
import { watchOver } from './serve-watch.ts';

/** What is served now. */
export interface Served {
  readonly sources: readonly PublishSource[];
  readonly wishes: PublishWishes;
  readonly responder: ResponderSettings;
}

/** A site or one image. `decide` may be called as soon as `images` was. */
export interface Serving {
  /** In one line, for the log: `site contoso, point Main`. */
  readonly title: string;
  /** Names, addresses or MAC addresses of interfaces, where the command line named none. */
  readonly interfaces: readonly string[];
  readonly transport: Transport;
  /** Prepared folders of replaced images go. */
  readonly removeOld: boolean;
  /** Of the small DHCP server. */
  readonly leases: KeptLeases;
  readonly decide: SiteDecider['decide'];
  /** The images as they are to be served first. */
  first(servers: Servers): Promise<Served>;
  /** Takes note of a delivery; true: decisions for this computer are made anew. */
  delivered(delivered: Delivered): Promise<boolean>;
  /** Where a client loads files from. */
  located?(client: string, address: string): void;
  /** Starts to look for changes; `changed` takes each over. Ends with what it returns. */
  watch(changed: (served: Served) => Promise<void>, forget: () => void): () => void;
  /** Why the last change was not taken over; null: it was. */
  readonly problem: string | null;
  close(): Promise<void>;
}

export type OpenServing = (parts: {
  readonly hub: ServeHub;
  readonly host: ServeHost;
  readonly context: OperationContext;
}) => Promise<Serving>;

/**
 * Serves until it is stopped, its time is over, or a part of it fails. Throws EnvironmentError for ports that are taken or not
 * allowed, `SERVE_FAILED` for a part that ended by itself, and what opening the site or image throws.
 */
export async function runServing(
  open: OpenServing,
  settings: ServeSettings,
  services: Services,
  context: OperationContext,
): Promise<ServeReport> {
  const host = hostOf(services);
  const begun = host.now();
  const sums = openSums();
  const hub = openHub({
    now: () => host.now(),
    told(event, machines) {
      sums.add(event.event);
      host.told(event, machines);
    },
  });
  const ending = openEnding(context.signal);
  /** What is to be closed, the last opened first. */
  const closers: Close[] = [() => ending.close()];
  try {
    const serving = await open({ hub, host, context });
    closers.push(() => serving.close());
    await startServing({ serving, settings, host, hub, ending, closers }).catch((error: unknown) => {
      throw withPortHint(error);
    });
    if (settings.for !== undefined) {
      hub.notice('info', 'time', `ends by itself after ${durationText(settings.for)}`);
      void host.sleep(settings.for * 1000, ending.signal).then(() => ending.end('time'));
    }
    await ending.reached;
    hub.notice('info', 'stopping', `answers no more; transfers in work have ${durationText(settings.drain)}`);
  } finally {
    await closeAll(closers);
  }
  if (ending.failure !== undefined) throw ending.failure;
  return { seconds: (host.now() - begun) / 1000, ended: ending.why, ...sums.report() };
}

interface Run {
  readonly serving: Serving;
  readonly settings: ServeSettings;
  readonly host: ServeHost;
  readonly hub: ServeHub;
  readonly ending: Ending;
  readonly closers: Close[];
}

/** Opens everything, the DHCP side last: who is answered can be served. */
async function startServing({ serving, settings, host, hub, ending, closers }: Run): Promise<void> {
  const wanted = settings.interfaces.length > 0 ? settings.interfaces : serving.interfaces;
  const { served: interfaces, others: otherInterfaces } = servedInterfaces(host.interfaces(), wanted);
  const [only, ...more] = interfaces;
  const measured = (): Promise<number | null> => lineSpeed(host, interfaces);
  const servers = await openServers(
    {
      address: only !== undefined && more.length === 0 ? only.address : '0.0.0.0',
      ...(await transportOf(settings, serving.transport, measured, host.cores)),
      removeOld: serving.removeOld,
    },
    hub,
    {
      failed(part, problem) {
        const error = partFailed(part, problem);
        hub.notice('error', error.code, error.message);
        ending.fail(error);
      },
      located: (client, address) => serving.located?.(client, address),
      delivered: (delivered) => noteDelivery(delivered, serving, hub, () => servers.dhcp),
    },
  );
  closers.push(() => servers.close(settings.drain * 1000));
  const served = await serving.first(servers);
  await servers.publish(served.sources, served.wishes);
  tellImages(hub, served.sources);
  let images = countImages(served.sources);

  if (settings.operationPort !== null) {
    const { openOperation } = await import('./operation-server.ts');
    const operation = await openOperation(
      settings.operationPort,
      servers,
      hub,
      {
        images: () => images,
        siteProblem: () => serving.problem,
        stopping: () => ending.signal.aborted,
      },
      host,
    );
    // Below the servers: it is asked while they drain.
    closers.splice(closers.length - 1, 0, () => operation.close());
  }
  const dhcp = await servers.answer(
    {
      interfaces,
      otherInterfaces,
      ports: { dhcp: settings.dhcpPort, bootServer: settings.bootServerPort },
      settings: served.responder,
      leases: serving.leases.records,
      sockets: host.service === undefined ? [] : givenSockets(host.service.environment, host.service.process),
      // Other ports are of tests: clients there are where they asked from, and no other server is looked for.
      ...(settings.dhcpPort === 67 ? {} : { replyToSource: true, probeEvery: 0 }),
    },
    {
      decide: (client, ownAddress) => serving.decide(client, ownAddress),
      leased: (record) => serving.leases.keep(record),
    },
  );
  closers.push(
    serving.watch(
      async (changed) => {
        await servers.publish(changed.sources, changed.wishes);
        dhcp.reconfigure(inMode(served.responder, changed.responder));
        dhcp.forget('all');
        images = countImages(changed.sources);
        tellImages(hub, changed.sources);
      },
      () => dhcp.forget('all'),
    ),
    watchOver(host, hub, interfaces, ending.signal),
  );
  // Decisions go before files as well. Threads inherit it: only now, when those that send have begun.
  nicerThread(ANSWERS);
  // Who reads that it listens may change the site at once.
  tellPlaces(hub, serving.title, servers, dhcp.addresses, dhcp.layout);
}

/** Giving addresses, and the ports, are of the start: a running server neither begins nor ends to do so. */
function inMode(
  { mode, lease }: ResponderSettings,
  { relays, ignoredMacs, delay }: ResponderSettings,
): ResponderSettings {
  return { mode, relays, ignoredMacs, delay, ...(lease === undefined ? {} : { lease }) };
}

function noteDelivery(delivered: Delivered, serving: Serving, hub: ServeHub, dhcp: () => Servers['dhcp']): void {
  serving.delivered(delivered).then(
    (anew) => {
      const key = clientOfPath(delivered.client);
      if (anew && key !== undefined) dhcp()?.forget(key.mac ?? key.guid ?? '');
    },
    (error: unknown) => hub.notice('error', 'state', `the delivery was not kept: ${textOf(error)}`),
  );
}

function hostOf({ host }: Services): ServeHost {
  if (host !== undefined) return host;
  throw new InternalError(coreCode.CORE_UNEXPECTED, 'serving was started without a host');
}

function partFailed(part: string, problem: Error): EnvironmentError {
  return new EnvironmentError(networkBootCode.SERVE_FAILED, `the ${part} server ended: ${problem.message}`, {
    cause: problem,
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
