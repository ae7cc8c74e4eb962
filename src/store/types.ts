/** Ports of what a site keeps: its YAML files, and its content by SHA-256. Adapters: file-site.ts, file-content.ts. */
import type { OperationContext } from '../core/index.ts';
import type { ByteSource } from '../../images/bytes/index.ts';

export interface SiteFile {
  /** Relative to the site, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface SiteChange {
  readonly path: string;
  /** The text that the change was made of; undefined: the file must not exist yet. */
  readonly before: string | undefined;
  /** Undefined: the file is removed. */
  readonly after: string | undefined;
}

export interface SiteStore {
  /** As the user gave it; for messages. */
  readonly place: string;
  /** site.yaml, devices.csv, every `.yaml` in the folders of objects, and `.csv` in `collections`; folder by folder. */
  read(context: OperationContext): Promise<SiteFile[]>;
  /**
   * Writes one change whole or not at all. Throws InputError (`STORE_CHANGED`) when the file is not `before` any more,
   * (`STORE_PATH`) for a path that is no file of a site.
   */
  write(change: SiteChange, context: OperationContext): Promise<void>;
}

export interface ContentAdded {
  /** Lower-case hexadecimal SHA-256. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** It was there before. */
  readonly known: boolean;
}

export interface ContentStore {
  readonly place: string;
  /** Takes a copy; hashes while copying. Reports progress in bytes. */
  add(source: ByteSource, context: OperationContext): Promise<ContentAdded>;
  /** Size in bytes, or undefined when the library does not hold it. */
  size(sha256: string): Promise<number | undefined>;
  /** Throws InputError (`STORE_CONTENT_MISSING`). */
  open(sha256: string): Promise<ByteSource>;
}
