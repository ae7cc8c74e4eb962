/**
 * Names on disk made into dentries: links into reparse points, hard links into groups, each content once. Dentries are made
 * when they are asked for and not kept: an image may have a million names.
 */
import { InputError } from '../../src/core/index.ts';
import { memorySource, type ByteSource } from '../bytes/index.ts';
import { fileAttribute, noSecurity } from './layout.ts';
import { compareNtfs, ntfsKey } from './names.ts';
import { checkNewName } from './new-dentry.ts';
import { reparseTag, symbolicLinkData } from './reparse.ts';
import { unixItem, type UnixData } from './tagged-items.ts';
import type { Dentry } from './dentry-types.ts';

/** A name to capture. */
export interface CaptureNode {
  /** Empty for the root. */
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** FILETIME of the last change: of the other times, creation is not settable and access changes with every look. */
  readonly modified: bigint;
  /** Of files. */
  readonly content?: ByteSource | undefined;
  /** Of a file with several names: equal for all of them. */
  readonly file?: string | undefined;
  /** Of links, with `/`, as the system has it. */
  readonly target?: string | undefined;
  readonly leadsToFolder?: boolean | undefined;
  /** Kept in the image when given. */
  readonly unix?: UnixData | undefined;
  readonly children?: readonly CaptureNode[] | undefined;
  /** What could not even be named. */
  readonly unreadable?: readonly string[] | undefined;
}

export interface LeftOut {
  readonly path: string;
  readonly why: string;
}

/** FILETIME 1 and up to the largest that is positive as signed. */
const [firstTime, lastTime] = [1n, (1n << 63n) - 1n];

/** Shared by all names that have none. */
const [noReserved, noItems, noStreams] = [new Uint8Array(16), new Uint8Array(0), []];

/** The hash of the n-th of `contents`. */
export type ContentHash = (content: number) => string;

/** A folder with what of it is captured. */
interface Folder {
  readonly node: CaptureNode;
  /** In the order of the image. */
  readonly children: readonly CaptureNode[];
  /** For each child its place among `contents`, or -1. */
  readonly contents: Int32Array;
  readonly folders: readonly Folder[];
}

export class CaptureTree {
  readonly leftOut: LeftOut[] = [];
  /** Contents that have data, in the order of the tree. */
  readonly contents: ByteSource[] = [];
  readonly #root: Folder;
  /** Names by file, of those that have several. */
  readonly #names = new Map<string, number>();
  readonly #groups = new Map<string, bigint>();
  readonly #firstContent = new Map<string, number>();

  constructor(root: CaptureNode) {
    this.#root = this.#folder(root, '');
  }

  /** The root; folders below make their children whenever they are asked for. */
  dentries(hashOf: ContentHash): Dentry {
    return this.#folderDentry(this.#root, hashOf);
  }

  #folder(node: CaptureNode, path: string): Folder {
    const children: CaptureNode[] = [];
    const folders: Folder[] = [];
    const keys = new Set<string>();
    for (const name of node.unreadable ?? []) this.#drop(`${path}/<${name}>`, 'the name is no UTF-8 text');
    const sorted = [...(node.children ?? [])].sort((a, b) => compareNtfs(a.name, b.name));
    const contents = new Int32Array(sorted.length);
    for (const child of sorted) {
      const place = path === '' ? child.name : `${path}/${child.name}`;
      const why =
        whyNot(child, place) ?? (keys.has(ntfsKey(child.name)) ? 'another name differs only in case' : undefined);
      if (why !== undefined) {
        this.#drop(place, why);
        continue;
      }
      keys.add(ntfsKey(child.name));
      if (child.kind === 'directory') folders.push(this.#folder(child, place));
      contents[children.length] = this.#contentOf(child);
      children.push(child);
    }
    return { node, children, contents, folders };
  }

  #contentOf(node: CaptureNode): number {
    if (node.kind === 'link') return this.#added(memorySource(symbolicLinkData(windowsTarget(node.target ?? ''))));
    if (node.kind !== 'file' || !node.content) return -1;
    if (node.file === undefined) return this.#added(node.content);
    this.#names.set(node.file, (this.#names.get(node.file) ?? 0) + 1);
    const index = this.#firstContent.get(node.file) ?? this.#added(node.content);
    this.#firstContent.set(node.file, index);
    return index;
  }

  #added(content: ByteSource): number {
    return content.size > 0 ? this.contents.push(content) - 1 : -1;
  }

  #folderDentry(folder: Folder, hashOf: ContentHash): Dentry {
    const below = (): Dentry[] => this.#below(folder, hashOf);
    return {
      ...plain(folder.node),
      attributes: fileAttribute.directory,
      get children() {
        return below();
      },
    };
  }

  #below({ children, contents, folders }: Folder, hashOf: ContentHash): Dentry[] {
    let next = 0;
    return children.map((node, i) => {
      if (node.kind === 'directory') return this.#folderDentry(folders[next++] as Folder, hashOf);
      const content = contents[i] ?? -1;
      return this.#dentry(node, content < 0 ? undefined : hashOf(content));
    });
  }

  #dentry(node: CaptureNode, hash: string | undefined): Dentry {
    if (node.kind === 'file') {
      return { ...plain(node), attributes: fileAttribute.normal, hash, hardLinkGroup: this.#groupOf(node.file) };
    }
    // Not fixed up: an absolute target stays what it is.
    const reparse = { tag: reparseTag.symbolicLink, reserved: 0, flags: 1 };
    if (node.leadsToFolder) {
      const attributes = fileAttribute.reparsePoint | fileAttribute.directory;
      return { ...plain(node), attributes, reparse, hash, children: [] };
    }
    // A reparse point that is no folder has two unnamed streams, so both stand in entries (D.5).
    const streams = [
      { name: '', hash },
      { name: '', hash: undefined },
    ];
    return { ...plain(node), attributes: fileAttribute.reparsePoint, reparse, streams };
  }

  #groupOf(file: string | undefined): bigint {
    if (file === undefined || (this.#names.get(file) ?? 0) < 2) return 0n;
    const group = this.#groups.get(file) ?? BigInt(this.#groups.size + 1);
    this.#groups.set(file, group);
    return group;
  }

  #drop(path: string, why: string): void {
    this.leftOut.push({ path, why });
  }
}

/** What all dentries have. */
function plain(node: CaptureNode): Dentry {
  const modified = node.modified < firstTime ? firstTime : node.modified > lastTime ? lastTime : node.modified;
  return {
    name: node.name,
    shortName: '',
    attributes: 0,
    securityId: noSecurity,
    created: modified,
    accessed: modified,
    modified,
    hash: undefined,
    streams: noStreams,
    reparse: undefined,
    hardLinkGroup: 0n,
    reserved: noReserved,
    unknown: 0,
    taggedItems: node.unix ? unixItem(node.unix) : noItems,
    children: undefined,
  };
}

function whyNot(node: CaptureNode, path: string): string | undefined {
  if (node.kind === 'other') return 'it is a device, a pipe or a socket';
  if (node.kind === 'link' && (node.target ?? '').includes('\\')) return 'the target of the link holds a backslash';
  try {
    checkNewName(node.name, path);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return 'Windows does not allow the name';
    throw error;
  }
}

/** wimlib's way: an absolute target lies on drive C. */
export function windowsTarget(target: string): string {
  const turned = target.replaceAll('/', '\\');
  return turned.startsWith('\\') ? `C:${turned}` : turned;
}
