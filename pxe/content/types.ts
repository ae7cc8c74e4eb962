/** What is served, by TFTP and by HTTP: files as bytes that never change, under names in a table that is replaced whole. */

/** Where the bytes are. Memory is shared between threads; a descriptor is of this process and read at positions. */
export type ServedBytes =
  | { readonly kind: 'memory'; readonly bytes: Uint8Array<SharedArrayBuffer> }
  | { readonly kind: 'file'; readonly fd: number; readonly offset: number };

/** For logs and metrics. */
export type FileClass = 'bootImage' | 'imageFile' | 'loader' | 'bcd' | 'sdi' | 'script' | 'other';

/** One version of a file. The bytes behind an id never change: a new version has another id, and its own descriptor. */
export interface ServedFile {
  /** SHA-256 in lower-case hex of the bytes: key of the cache, strong ETag. */
  readonly id: string;
  readonly size: number;
  readonly at: ServedBytes;
  readonly fileClass: FileClass;
  /** The part whose delivery counts as that of the file; absent: all of it. Who reads a disc over HTTP never reads all. */
  readonly decisive?: { readonly offset: number; readonly size: number };
}

/**
 * A name and what is behind it. Names are as `routeName` of `pxe/tftp` makes them: lower case, `/` between parts, no leading
 * one. The part `*` stands for the one part that names the client: parts b, 3f2a91cc, *, boot.wim.
 */
export interface Route {
  readonly name: string;
  /** `made`: asked of the owner for each client, once an exchange (`MakeFile`). */
  readonly content: ServedFile | 'made';
}

/** All names at one time. Routes without a client's part are looked up as they are. */
export interface RouteTable {
  /** One more for each table. */
  readonly version: number;
  readonly routes: readonly Route[];
}

/** What a request means: the route, and the client that its path names. */
export interface FoundRoute {
  readonly name: string;
  /** What stood in the place of `*`; null where the route has none. */
  readonly client: string | null;
  /** The path up to the client's part, `/` at its end: what `findRoute` takes as `sticky`. Null without a client. */
  readonly folder: string | null;
  readonly content: ServedFile | 'made';
}

/** Makes a file for one client, such as its BCD; null: there is none. Runs on the main thread. */
export type MakeFile = (route: string, client: string) => Promise<ServedFile | null>;
