/**
 * The servers of one run, put together: TFTP and HTTP over one cache and one table of names, and the DHCP side. What they tell goes
 * to the hub; a boot image that was delivered whole goes to `delivered`.
 */
import { openArena, type UsedEvent } from '../../../pxe/content/index.ts';
import { defaultHttpLimits, openHttpServer, type HttpServer } from '../../../pxe/http/index.ts';
import {
  openBootServer,
  type BootServer,
  type BootServerOptions,
  type BootServerOwner,
} from '../../../pxe/responder/index.ts';
import { defaultCaps, defaultLimits, openTftpServer, type TftpServer } from '../../../pxe/tftp/index.ts';
import { isImage } from './live-boots.ts';
import { openPublisher, type PublishSource, type Publisher } from './published-images.ts';
import type { PublishSettings } from './published-settings.ts';
import { openBootsInWork } from './serve-boots.ts';
import type { ServeHub } from './serve-hub.ts';
import { askedOf, refusedEvent, rivalEvent, transferEvent } from './serve-translate.ts';

/** Milliseconds between looks for replaced versions that nobody boots any more. */
const SWEEP = 30_000;

export interface ServersOptions {
  /** Address of TFTP and HTTP: that of the one interface, else 0.0.0.0. */
  readonly address: string;
  readonly tftpPort: number;
  readonly httpPort: number;
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  /** Bytes. */
  readonly cache: number;
  readonly threads: number;
  /** Bits a second. */
  readonly linkSpeed: number | 'off';
  readonly accelerator: boolean;
  readonly maxWindow: number;
  /** Bytes. */
  readonly queueBudget: number;
  /** Prepared folders of replaced images go. */
  readonly removeOld: boolean;
}

/** A boot image reached its computer whole. */
export interface Delivered {
  readonly client: string;
  /** 8 digits of the version in its path. */
  readonly version: string;
}

export interface ServersOwner {
  delivered(delivered: Delivered): void;
  /** A client, as paths name it, loads files from there. */
  located(client: string, address: string): void;
  failed(part: 'dhcp' | 'tftp' | 'http', problem: Error): void;
}

/** The parts of the settings of publishing that servers do not know by themselves. */
export type PublishWishes = Omit<PublishSettings, 'http' | 'tftpPort'>;

/** Whom the DHCP side asks. */
export type AnswerOwner = Required<Pick<BootServerOwner, 'decide' | 'leased'>>;

export interface Servers {
  readonly publisher: Publisher;
  readonly tftp: TftpServer;
  readonly http: HttpServer;
  /** Null until `answer`. */
  readonly dhcp: BootServer | null;
  /** Makes the next table of names; resolves when both servers use it. */
  publish(sources: readonly PublishSource[], wishes: PublishWishes): Promise<void>;
  /** Opens the DHCP side: from now on clients come. */
  answer(options: BootServerOptions, owner: AnswerOwner): Promise<BootServer>;
  /** DHCP first, so that nobody new comes; then what runs gets its time; descriptors last. */
  close(drainMs: number): Promise<void>;
}

/** Opens TFTP and HTTP. Throws EnvironmentError as they do; then nothing stays open. */
export async function openServers(options: ServersOptions, hub: ServeHub, owner: ServersOwner): Promise<Servers> {
  const { address, tls, threads, linkSpeed } = options;
  const arena = openArena({ bytes: options.cache });
  const readers = new Set<number | string>();
  const boots = openBootsInWork();
  let published: { readonly sources: readonly PublishSource[]; readonly wishes: PublishWishes } | undefined;
  const publisher = openPublisher(['tftp', 'http'], () => readers.size, { removeOld: options.removeOld });
  const make: Publisher['make'] = (route, client) => publisher.make(route, client);

  const used = (event: UsedEvent): void => {
    hub.emit(transferEvent(event));
    const version = event.client === null ? undefined : publisher.ownerOf(event.route)?.version;
    if (event.kind === 'started' && event.client !== null) owner.located(event.client, event.address);
    if (event.kind !== 'finished' && event.client !== null && version !== undefined) {
      boots.used(version, event.client, hub.now());
    }
    if (!isImage(event.fileClass)) return;
    const key = `${event.protocol}${event.transfer}`;
    if (event.kind !== 'finished') return void readers.add(key);
    readers.delete(key);
    if (event.client === null || version === undefined || !event.complete) return;
    boots.ended(version, event.client);
    owner.delivered({ client: event.client, version });
    dropUnused();
  };
  /** Names of a replaced version go when nobody boots it any more. */
  const dropUnused = (): void => {
    const superseded = publisher.superseded();
    if (published === undefined || superseded.length === 0) return;
    const inWork = boots.versions(hub.now());
    if (superseded.every((version) => inWork.has(version))) return;
    publish(published.sources, published.wishes).catch((error: unknown) =>
      owner.failed('http', error instanceof Error ? error : new Error(String(error))),
    );
  };
  const ownerOf = (part: 'tftp' | 'http') => ({
    make,
    used,
    released: (version: number) => publisher.released(part, version),
    refused: (event: Parameters<typeof refusedEvent>[1]) => hub.emit(refusedEvent(part, event)),
    failed: (problem: Error) => owner.failed(part, problem),
  });

  const tftp = await openTftpServer(
    {
      address,
      port: options.tftpPort,
      threads,
      limits: { ...defaultLimits, maxWindow: options.maxWindow, queueBudget: options.queueBudget },
      caps: defaultCaps,
      linkSpeed,
      accelerator: options.accelerator ? 'auto' : 'off',
      arena,
    },
    ownerOf('tftp'),
  );
  let http: HttpServer;
  try {
    http = await openHttpServer(
      { address, port: options.httpPort, tls, limits: defaultHttpLimits, arena },
      ownerOf('http'),
    );
  } catch (error) {
    await tftp.close({ drainMs: 0 });
    throw error;
  }
  let dhcp: BootServer | null = null;
  const publish = async (sources: readonly PublishSource[], wishes: PublishWishes): Promise<void> => {
    const scheme = tls === null ? 'http' : 'https';
    const settings = { ...wishes, http: { scheme, port: http.port }, tftpPort: tftp.port } as const;
    const table = publisher.replace(sources, settings, boots.versions(hub.now()));
    published = { sources, wishes };
    await Promise.all([tftp.publish(table), http.publish(table)]);
  };
  const sweep = setInterval(dropUnused, SWEEP);
  sweep.unref();

  return {
    publisher,
    tftp,
    http,
    get dhcp() {
      return dhcp;
    },
    publish,
    async answer(bootOptions, asked) {
      dhcp = await openBootServer(bootOptions, {
        ...asked,
        noted(note) {
          const event = askedOf(note);
          if (event !== null) hub.emit(event);
        },
        rival(rival) {
          const event = rivalEvent(rival);
          if (event !== null) hub.emit(event);
        },
        failed: (problem) => owner.failed('dhcp', problem),
      });
      return dhcp;
    },
    async close(drainMs) {
      clearInterval(sweep);
      published = undefined;
      await dhcp?.close();
      await Promise.all([tftp.close({ drainMs }), http.close({ drainMs })]);
      publisher.close();
    },
  };
}
