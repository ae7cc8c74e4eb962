/** Serving a site: its point, its boot images, its decisions, and the state of what was delivered. */
import { basename, join, resolve } from 'node:path';
import { openFile, readAll } from '../../../images/bytes/index.ts';
import { checkCanceled, operationContext, type OperationContext, OsdkitError, silentLog } from '../../core/index.ts';
import { normalMac } from '../../model/index.ts';
import { openBootState, type BootStateStore } from '../../store/index.ts';
import { openWholeSite, type OpenedSite } from '../open-site.ts';
import { siteDecider } from './decide-site.ts';
import type { SiteDecider } from './decide-types.ts';
import { preparedPlace, prepareImage } from './prepared-image.ts';
import { networkKeys, offeredImages, siteNetworkSpec } from './prepared-site.ts';
import { removeUnused } from './prepared-unused.ts';
import type { PublishSource } from './published-images.ts';
import { type Reloads, watchSite } from './reload-site.ts';
import { closeAll, type Close } from './serve-ending.ts';
import type { ServeHub } from './serve-hub.ts';
import { type KeptLeases, memoryLeases, openLeases } from './serve-leases.ts';
import { fixedSettings, pointOf, type PointObject, responderSettings, tftpReading } from './serve-point.ts';
import type { OpenServing, Served } from './serve-run.ts';
import type { Servers } from './serve-servers.ts';
import { pointTransport } from './serve-transport.ts';

/** A site that was read and can be served: everything that a reload replaces. */
interface ReadSite {
  readonly opened: OpenedSite;
  readonly point: PointObject;
  readonly served: Served;
}

/** Milliseconds between looks whether a command such as `pxe clear` changed the state. */
const stateEvery = 500;

/** Throws InputError (`APP_SITE`, `SERVE_POINT`), and what opening the state throws. */
export function siteServing(folder: string, named: string | undefined, toolVersion: string): OpenServing {
  return async ({ hub, host, context }) => {
    const quietContext = { ...context, log: logOf(hub) };
    const read = async (reading: OperationContext): Promise<ReadSite> => {
      const opened = await openWholeSite(folder, reading);
      const point = pointOf(opened.site, named);
      const sources = await prepareAll(opened, point, toolVersion, hub, reading);
      return { opened, point, served: await servedOf(folder, point, sources) };
    };
    // The mistakes of a site are told before anything is made.
    const first = await openWholeSite(folder, { ...context, log: silentLog });
    const firstPoint = pointOf(first.site, named);
    const state = await openBootState(join(folder, 'state', 'osdkit.db'));
    const closers: Close[] = [() => state.close()];
    const { now, leases } = await openRest(async () => {
      const kept = await leasesOf(folder, firstPoint, () => host.now());
      closers.push(() => kept.close());
      return { now: await read(quietContext), leases: kept };
    }, closers);
    await removeUnused(preparedPlace(folder), networkKeys(now.opened.site), host.now());
    let current = now;
    let servers: Servers | undefined;
    let reloads: Reloads | undefined;
    let decider: SiteDecider | undefined;
    const decideBy = ({ opened, point }: ReadSite): void => {
      if (servers)
        decider = siteDecider({ site: opened.site, point, state, images: servers.publisher, now: () => host.now() });
    };
    return {
      title: `${folder}, distribution point ${firstPoint.name}`,
      interfaces: (firstPoint.value.pxe?.interfaces ?? []).map((mac) => normalMac(mac).toLowerCase()),
      transport: pointTransport(firstPoint.value.pxe ?? { enabled: true }),
      removeOld: true,
      leases,
      get problem() {
        return reloads?.problem ?? null;
      },
      async first(opened) {
        servers = opened;
        decideBy(current);
        return current.served;
      },
      async decide(client, ownAddress) {
        if (decider === undefined) throw new Error('asked before the site was published');
        return await decider.decide(client, ownAddress);
      },
      located: (client, address) => state.located(client, address),
      async delivered({ client, version }) {
        const offer = await state.deliver(client, version, host.now());
        if (offer === null) return false;
        const what = offer.required ? 'the required deployment is used up' : 'delivered';
        hub.notice('info', 'delivered', `${offer.subject} got the boot image of ${offer.deployment}: ${what}`, {
          client,
          deployment: offer.deployment,
          required: offer.required,
        });
        return true;
      },
      watch(changed, forget) {
        reloads = watchSite({
          host,
          hub,
          folder,
          async reload(signal) {
            const next = await read(operationContext({ signal, log: logOf(hub) }));
            if (sameTexts(current.opened.texts, next.opened.texts)) return false;
            const old = current.point.value.pxe;
            const fresh = next.point.value.pxe;
            if (old && fresh && fixedSettings(old) !== fixedSettings(fresh)) {
              hub.notice(
                'warning',
                'restart',
                'interfaces, mode, line and windows of the point change at the next start',
              );
            }
            await changed(next.served);
            current = next;
            decideBy(next);
            return true;
          },
        });
        const end = watchState(state, host, forget);
        return () => {
          end();
          void reloads?.close();
        };
      },
      async close() {
        await reloads?.close();
        await closeAll(closers);
      },
    };
  };
}

/** Closes what is open when the rest cannot be opened. */
async function openRest<T>(open: () => Promise<T>, closers: readonly Close[]): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function leasesOf(folder: string, { value }: PointObject, now: () => number): Promise<KeptLeases> {
  if (value.pxe?.dhcpServer === undefined) return memoryLeases();
  return await openLeases(join(folder, 'state', 'leases.jsonl'), now);
}

/** Warnings of a site go to the log of the run. */
function logOf(hub: ServeHub): OperationContext['log'] {
  return { write: (level, message) => hub.notice(level, 'site', message) };
}

function sameTexts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}

async function prepareAll(
  opened: OpenedSite,
  point: PointObject,
  toolVersion: string,
  hub: ServeHub,
  context: OperationContext,
): Promise<PublishSource[]> {
  const sources: PublishSource[] = [];
  for (const image of offeredImages(opened.site)) {
    const { name, id: bootImage = name } = image;
    checkCanceled(context.signal);
    try {
      const spec = await siteNetworkSpec(opened, image, point, toolVersion, context);
      const prepared = await prepareImage(preparedPlace(opened.place), spec, context);
      if (prepared.made) hub.notice('info', 'prepared', `boot image ${name} was made ready in ${prepared.folder}`);
      sources.push({ bootImage, name, prepared });
    } catch (error) {
      checkCanceled(context.signal);
      if (!(error instanceof OsdkitError)) throw error;
      sources.push({ bootImage, name, why: error.message });
    }
  }
  return sources;
}

async function servedOf(folder: string, { value }: PointObject, sources: readonly PublishSource[]): Promise<Served> {
  const pxe = value.pxe ?? { enabled: true };
  return {
    sources,
    wishes: {
      tftp: tftpReading(pxe),
      promptSeconds: pxe.menuTimeout ?? 10,
      ipxe: pxe.ipxe === undefined ? null : await ipxeProgram(folder, pxe.ipxe),
    },
    responder: responderSettings(pxe),
  };
}

async function ipxeProgram(folder: string, path: string): Promise<Served['wishes']['ipxe']> {
  await using file = await openFile(resolve(folder, path));
  return { name: basename(path), bytes: await readAll(file) };
}

/** Another process wrote, such as `pxe clear`: what was decided may not hold any more. */
function watchState(
  state: BootStateStore,
  host: { sleep: (ms: number, signal: AbortSignal) => Promise<void> },
  forget: () => void,
): () => void {
  const end = new AbortController();
  const look = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await host.sleep(stateEvery, end.signal);
      if (!end.signal.aborted && state.changed()) forget();
    }
  };
  void look();
  return () => end.abort();
}
