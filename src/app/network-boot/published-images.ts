/**
 * What is served now: a table of names that is replaced whole, and the images behind it. An image that was replaced stays open until no
 * server uses a table that has it; then its descriptors are closed and its folder goes.
 */
import { join } from 'node:path';
import { openDescriptor, removeFolder, type FileDescriptor } from '../../../images/bytes/index.ts';
import { versionPart } from '../../../media/network/index.ts';
import type { BootClient, BootFile } from '../../../pxe/boot/index.ts';
import type { MakeFile, Route, RouteTable } from '../../../pxe/content/index.ts';
import { exitScript } from '../../../pxe/ipxe/index.ts';
import { coreCode, InternalError } from '../../core/index.ts';
import { clientOfPath, clientPathKey } from './identity-path.ts';
import type { PublishedImage, PublishedImages } from './decide-types.ts';
import type { PreparedFolder } from './prepared-image.ts';
import { memoryFile } from './published-files.ts';
import { baseUrl, ipxePath, publishedImage, routesOf } from './published-image.ts';
import { clientPath, madeNames, makeFor, type MadeName } from './published-made.ts';
import { PUBLISH_DEFAULTS, type PublishSettings } from './published-settings.ts';

/** A boot image of the site: prepared, or why there is nothing of it to serve. */
export type PublishSource =
  | { readonly bootImage: string; readonly name: string; readonly prepared: PreparedFolder }
  | { readonly bootImage: string; readonly name: string; readonly why: string };

/** To which boot image a route belongs. */
export interface RouteOwner {
  readonly bootImage: string;
  readonly name: string;
  readonly version: string;
  /** What is left of the route behind image and client: `boot.wim`. */
  readonly file: string;
}

export interface Publisher extends PublishedImages {
  /** Version 0 has no image: exit scripts alone. */
  readonly table: RouteTable;
  readonly make: MakeFile;
  /**
   * Opens what is new and makes the next table; give it to every server. Replaced versions in `kept` keep their names in it. Throws as
   * `openDescriptor`; then all stays as it was.
   */
  replace(sources: readonly PublishSource[], settings: PublishSettings, kept?: ReadonlySet<string>): RouteTable;
  /** Replaced versions that have names in the table. */
  superseded(): readonly string[];
  /** A server uses no table up to this version any more. */
  released(server: string, version: number): void;
  /** Of a route of a table that is still in use; undefined for everybody's files. */
  ownerOf(route: string): RouteOwner | undefined;
  /** Closes every descriptor: all servers are closed. */
  close(): void;
}

interface OpenImage {
  readonly source: Extract<PublishSource, { prepared: PreparedFolder }>;
  readonly files: ReadonlyMap<string, FileDescriptor>;
  /** The last table that has it; undefined for the current one. */
  lastTable: number | undefined;
}

const exitPath = 'ipxe/exit.ipxe';

function exitRoute(): Route {
  return { name: exitPath, content: memoryFile(new TextEncoder().encode(exitScript()), 'script') };
}

/**
 * `servers`: by which names `released` is told. `active`: computers that read boot images now. Folders of replaced images are removed
 * where `removeOld` says so.
 */
export function openPublisher(
  servers: readonly string[],
  active: () => number,
  options: { readonly removeOld: boolean } = { removeOld: true },
): Publisher {
  const open = new Map<string, OpenImage>();
  const released = new Map(servers.map((name) => [name, -1]));
  let sources: readonly PublishSource[] = [];
  let settings = PUBLISH_DEFAULTS;
  let images: ReadonlyMap<string, PublishedImage> = new Map();
  let table: RouteTable = { version: 0, routes: [exitRoute()] };

  const closeImage = (key: string, image: OpenImage, superseded: boolean): void => {
    open.delete(key);
    for (const file of image.files.values()) file.close();
    if (superseded && options.removeOld) void removeFolder(image.source.prepared.folder);
  };

  return {
    get table() {
      return table;
    },
    find(bootImage) {
      const image = images.get(bootImage);
      if (image) return image;
      const source = sources.find((one) => one.bootImage === bootImage);
      return source && 'why' in source ? source.why : 'the boot image is not published here';
    },
    common: (client, ownAddress) => commonFiles(open, settings, client, ownAddress),
    async make(route, client) {
      const parts = partsOf(route);
      const image = parts && open.get(parts.version);
      if (!image || !isMade(parts.file) || clientOfPath(client) === undefined) return null;
      return makeFor(image.source.prepared.prepared, parts.file, client, settings, active());
    },
    superseded() {
      const current = currentKeys(sources);
      return [...open].flatMap(([key, { lastTable }]) => (lastTable === undefined && !current.has(key) ? [key] : []));
    },
    replace(next, changed, kept = new Set()) {
      const opened = openNew(open, next);
      for (const [key, image] of opened) open.set(key, image);
      const current = next.flatMap((source) => ('prepared' in source ? [source] : []));
      const keys = new Set([...currentKeys(next), ...[...open.keys()].filter((key) => kept.has(key))]);
      for (const [key, image] of open) image.lastTable = keys.has(key) ? undefined : (image.lastTable ?? table.version);
      sources = next;
      settings = changed;
      images = new Map(
        current.map(({ bootImage, name, prepared: { prepared } }) => [
          bootImage,
          publishedImage(bootImage, name, prepared, settings),
        ]),
      );
      table = { version: table.version + 1, routes: routesOfAll(open, keys, settings) };
      return table;
    },
    released(server, version) {
      released.set(server, Math.max(version, released.get(server) ?? -1));
      const all = Math.min(...released.values());
      for (const [key, image] of open) {
        if (image.lastTable !== undefined && image.lastTable <= all) closeImage(key, image, true);
      }
    },
    ownerOf(route) {
      const parts = partsOf(route);
      const image = parts && open.get(parts.version);
      if (!image) return undefined;
      const { bootImage, name } = image.source;
      return { bootImage, name, version: parts.version, file: parts.file };
    },
    close() {
      for (const [key, image] of open) closeImage(key, image, false);
    },
  };
}

function currentKeys(sources: readonly PublishSource[]): ReadonlySet<string> {
  return new Set(
    sources.flatMap((source) => ('prepared' in source ? [versionPart(source.prepared.prepared.key)] : [])),
  );
}

/** Opens the images that are not open yet; all of them or none. */
function openNew(open: ReadonlyMap<string, OpenImage>, sources: readonly PublishSource[]): Map<string, OpenImage> {
  const opened = new Map<string, OpenImage>();
  try {
    for (const source of sources) {
      if (!('prepared' in source)) continue;
      const { folder, prepared } = source.prepared;
      const key = versionPart(prepared.key);
      const known = open.get(key) ?? opened.get(key);
      if (known) {
        checkSame(known, source);
        continue;
      }
      const files = new Map<string, FileDescriptor>();
      opened.set(key, { source, files, lastTable: undefined });
      for (const { name } of prepared.files) files.set(name, openDescriptor(join(folder, name)));
    }
  } catch (error) {
    for (const { files } of opened.values()) for (const file of files.values()) file.close();
    throw error;
  }
  return opened;
}

/** Two versions whose keys begin alike would share their names: once in four thousand million. */
function checkSame({ source: known }: OpenImage, source: OpenImage['source']): void {
  if (known.prepared.prepared.key === source.prepared.prepared.key) return;
  throw new InternalError(coreCode.CORE_UNEXPECTED, `${known.name} and ${source.name} have keys that begin alike`);
}

function routesOfAll(
  open: ReadonlyMap<string, OpenImage>,
  keys: ReadonlySet<string>,
  { ipxe }: PublishSettings,
): readonly Route[] {
  const routes: Route[] = [exitRoute()];
  if (ipxe) routes.push({ name: ipxePath(ipxe.name), content: memoryFile(ipxe.bytes, 'loader') });
  for (const [key, { source, files }] of open) {
    if (!keys.has(key)) continue;
    const descriptorOf = (file: string): number => files.get(file)?.fd ?? -1;
    routes.push(...routesOf(source.prepared.prepared, descriptorOf));
  }
  return routes;
}

function commonFiles(
  open: ReadonlyMap<string, OpenImage>,
  settings: PublishSettings,
  client: BootClient,
  ownAddress: string,
): Partial<Record<BootFile, string>> {
  const script = baseUrl(settings, client, ownAddress) + exitPath;
  for (const { source, lastTable } of open.values()) {
    const { prepared } = source.prepared;
    if (lastTable !== undefined || !prepared.roles['abortpxe.com']) continue;
    return { exitScript: script, 'abortpxe.com': clientPath(prepared, clientPathKey(client), 'abortpxe.com') };
  }
  return { exitScript: script };
}

/** Version and file of a route of an image. */
function partsOf(route: string): { readonly version: string; readonly file: string } | undefined {
  const [, version, file] = /^b\/([0-9a-f]{8})\/[^/]+\/(.+)$/.exec(route) ?? [];
  return version === undefined || file === undefined ? undefined : { version, file };
}

function isMade(file: string): file is MadeName {
  return (madeNames as readonly string[]).includes(file);
}
