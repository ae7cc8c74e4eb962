/**
 * An image applied to a new folder with all that a system without Windows' file systems can hold: files, folders, hard links,
 * symbolic links, times, and owners' modes where the image has them. What it cannot hold is counted and named.
 */
import { checkCanceled, FormatError, operationContext, type OperationContext } from '../../src/core/index.ts';
import type { FolderWriter } from '../bytes/index.ts';
import { checkFileName } from '../tree/index.ts';
import { BlobThreads } from './blob-threads.ts';
import { dataHash, isDirectory, isEncrypted, isReparsePoint, walkDentries } from './dentry.ts';
import { wimCode } from './codes.ts';
import { describeImage, type DescribedEntry } from './describe.ts';
import { fileAttribute, noSecurity } from './layout.ts';
import { unixData } from './tagged-items.ts';
import type { Dentry } from './dentry-types.ts';
import type { Blob, BlobTable, WimImage } from './types.ts';
import { writeBlobFiles, type FileOfBlob } from './write-files.ts';

export interface ApplyOptions {
  /** Sets the modes that the image has in wimlib's form; not owners. */
  readonly unixModes?: boolean;
  /** Threads that read, decode and write; 0, the default, does it in this one. The files do not depend on it. */
  readonly workers?: number;
}

export interface ApplyReport {
  readonly files: number;
  readonly directories: number;
  readonly links: number;
  /** Further names of files that have several. */
  readonly hardLinks: number;
  /** Names that are not there now, and why. */
  readonly leftOut: readonly { readonly path: string; readonly why: string }[];
  /** What the names that are there have lost: how many of them, by kind. */
  readonly lost: Readonly<Record<string, number>>;
}

/** Attributes that Windows' file systems alone keep. */
const windowsAttributes = fileAttribute.readOnly | 0x2 | 0x4 | 0x200 | 0x800 | 0x1000 | 0x2000;

/**
 * Fills the folder of `writer`; the caller keeps or removes it. Links are made after all files, so that nothing is written
 * through one. Throws FormatError for unsafe names and damaged data, IntegrityError (`WIM_BLOB_DIGEST_MISMATCH`) for data that
 * does not have its SHA-1, EnvironmentError, CanceledError.
 */
export async function applyImage(
  image: WimImage,
  writer: FolderWriter,
  context: OperationContext = operationContext(),
  options: ApplyOptions = {},
): Promise<ApplyReport> {
  for (const { path, dentry } of walkDentries(image.root)) if (path !== '') checkFileName(dentry.name, path);
  const { wim } = image;
  const { workers = 0, unixModes = false } = options;
  // Started before they are needed: a thread takes as long as making the folders.
  const threads = BlobThreads.start(wim, workers);
  try {
    const applying = new Applying(image, writer, context, await wim.blobTable());
    for await (const entry of describeImage(image)) {
      checkCanceled(context.signal);
      if (entry.path !== '') applying.add(entry);
    }
    await writeBlobFiles(applying.files, { wim, context, workers, threads });
    await applying.finish(unixModes);
    return applying.report();
  } finally {
    await threads?.end();
  }
}

class Applying {
  readonly #image: WimImage;
  readonly #writer: FolderWriter;
  readonly #context: OperationContext;
  readonly #counts = { files: 0, directories: 0, links: 0, hardLinks: 0 };
  readonly #leftOut: { path: string; why: string }[] = [];
  readonly #lost: Record<string, number> = {};
  /** First path of each file with several names. */
  readonly #linked = new Map<string, string>();
  readonly #hardLinks: { readonly path: string; readonly first: string }[] = [];
  readonly #table: BlobTable;
  /** What is to be written before {@link finish}. */
  readonly files: FileOfBlob[] = [];
  readonly #links: { readonly path: string; readonly target: string; readonly toFolder: boolean }[] = [];
  readonly #made: { readonly path: string; readonly dentry: Dentry }[] = [];
  /** Folders that are not there. */
  readonly #missing = new Set<string>();

  constructor(image: WimImage, writer: FolderWriter, context: OperationContext, table: BlobTable) {
    this.#table = table;
    this.#image = image;
    this.#writer = writer;
    this.#context = context;
  }

  /** Makes folders; files and links are only remembered. */
  add(entry: DescribedEntry): void {
    const { path, dentry } = entry;
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (this.#missing.has(parent)) {
      this.#missing.add(path);
      this.#leftOut.push({ path, why: 'it lies in what is left out' });
      return;
    }
    const why = this.#whyNot(entry);
    if (why !== undefined || isReparsePoint(dentry)) this.#missing.add(path);
    if (why !== undefined) {
      this.#leftOut.push({ path, why });
      return;
    }
    if (entry.reparse) this.#rememberLink(entry);
    else if (isDirectory(dentry)) {
      this.#writer.folder(path);
      this.#counts.directories++;
    } else this.#file(path, dentry);
    this.#made.push({ path, dentry });
    this.#noteLosses(entry);
  }

  /** Links, then times: of folders last, since what is put into them changes theirs. */
  async finish(unixModes: boolean): Promise<void> {
    for (const { path, first } of this.#hardLinks) this.#writer.hardLink(first, path);
    for (const { path, target, toFolder } of this.#links) this.#writer.symbolicLink(target, path, toFolder);
    for (const { path, dentry } of [...this.#made, { path: '', dentry: this.#image.root }].toReversed()) {
      checkCanceled(this.#context.signal);
      const unix = unixModes && !isReparsePoint(dentry) ? unixData(dentry.taggedItems) : undefined;
      if (unix) await this.#writer.mode(path, unix.mode);
      if (dentry.modified > 0n) await this.#writer.times(path, seconds(dentry.accessed), seconds(dentry.modified));
    }
  }

  report(): ApplyReport {
    return { ...this.#counts, leftOut: this.#leftOut, lost: this.#lost };
  }

  #whyNot({ dentry, reparse }: DescribedEntry): string | undefined {
    if (isEncrypted(dentry) && !isDirectory(dentry)) return 'it is encrypted';
    if (!isReparsePoint(dentry)) return undefined;
    if (!reparse?.target) return `it is a reparse point 0x${(reparse?.tag ?? 0).toString(16)}`;
    return undefined;
  }

  #rememberLink({ path, dentry, reparse }: DescribedEntry): void {
    const target = hostTarget(reparse?.target?.target ?? '');
    this.#links.push({ path, target, toFolder: isDirectory(dentry) });
    this.#counts.links++;
  }

  #file(path: string, dentry: Dentry): void {
    const hash = dataHash(dentry);
    const key = dentry.hardLinkGroup === 0n ? undefined : `${dentry.hardLinkGroup} ${hash ?? ''}`;
    const first = key === undefined ? undefined : this.#linked.get(key);
    if (first !== undefined) {
      this.#hardLinks.push({ path, first });
      this.#counts.hardLinks++;
      return;
    }
    const blob = hash === undefined ? undefined : this.#blob(path, hash);
    const writer = this.#writer;
    this.files.push({ path, place: writer.place(path), blob, create: (bytes) => writer.file(path, bytes) });
    this.#counts.files++;
    if (key !== undefined) this.#linked.set(key, path);
  }

  #blob(path: string, hash: string): Blob {
    const blob = this.#table.find(hash);
    if (blob) {
      // Refused now when its place in the file cannot be right.
      this.#image.wim.blob(blob);
      return blob;
    }
    throw new FormatError(wimCode.WIM_BLOB_MISSING, `${path} has the data sha1:${hash}, which is not here`, {
      details: { format: 'WIM', path, hash },
    });
  }

  #noteLosses({ dentry, streams, items }: DescribedEntry): void {
    const lose = (what: string): void => void (this.#lost[what] = (this.#lost[what] ?? 0) + 1);
    if (streams.length > 0) lose('named streams');
    if (dentry.securityId !== noSecurity) lose('security descriptors');
    if (dentry.shortName !== '') lose('short names');
    if ((dentry.attributes & windowsAttributes) !== 0) lose('Windows attributes');
    for (const item of items) if (item !== 'unix owner and mode') lose(item);
  }
}

/** wimlib's way back: drive C is the root. */
export function hostTarget(target: string): string {
  return target.replace(/^[A-Za-z]:(?=\\|$)/, '').replaceAll('\\', '/') || '/';
}

/** Seconds since 1970 of a FILETIME. The half: the system cuts to microseconds, and a double is a little off. */
const seconds = (ticks: bigint): number => (Number(ticks - unixEpoch) + 5) / 1e7;
const unixEpoch = 116_444_736_000_000_000n;
