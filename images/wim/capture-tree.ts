/** Names on disk made into dentries: links into reparse points, hard links into groups, each content once. */
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

/** Shared by all names that have none: an image may have a million. */
const [noReserved, noItems, noStreams, noChildren] = [new Uint8Array(16), new Uint8Array(0), [], []];

export class CaptureTree {
  readonly leftOut: LeftOut[] = [];
  /** Contents that have data, in the order of the tree. */
  readonly contents: ByteSource[] = [];
  readonly #root: Kept;
  /** Names by file, of those that have several. */
  readonly #names = new Map<string, number>();
  readonly #groups = new Map<string, bigint>();
  readonly #firstContent = new Map<string, ByteSource>();

  constructor(root: CaptureNode) {
    this.#root = this.#keep(root, '');
  }

  /** The dentries; `hashOf` gives the SHA-1 of a content of `contents`. */
  dentries(hashOf: (content: ByteSource) => string | undefined): Dentry {
    return this.#dentry(this.#root, hashOf);
  }

  #keep(node: CaptureNode, path: string): Kept {
    if (node.kind !== 'directory') return { node, children: noChildren, content: this.#contentOf(node) };
    const children: Kept[] = [];
    const keys = new Set<string>();
    for (const name of node.unreadable ?? []) this.#drop(`${path}/<${name}>`, 'the name is no UTF-8 text');
    const sorted = [...(node.children ?? [])].sort((a, b) => compareNtfs(a.name, b.name));
    for (const child of sorted) {
      const place = path === '' ? child.name : `${path}/${child.name}`;
      const why =
        whyNot(child, place) ?? (keys.has(ntfsKey(child.name)) ? 'another name differs only in case' : undefined);
      if (why !== undefined) {
        this.#drop(place, why);
        continue;
      }
      keys.add(ntfsKey(child.name));
      children.push(this.#keep(child, place));
    }
    return { node, children: children.length === 0 ? noChildren : children, content: this.#contentOf(node) };
  }

  #contentOf(node: CaptureNode): ByteSource | undefined {
    if (node.kind === 'link') return this.#added(memorySource(symbolicLinkData(windowsTarget(node.target ?? ''))));
    if (node.kind !== 'file' || !node.content) return undefined;
    if (node.file === undefined) return this.#added(node.content);
    this.#names.set(node.file, (this.#names.get(node.file) ?? 0) + 1);
    const first = this.#firstContent.get(node.file);
    if (first) return first;
    this.#firstContent.set(node.file, node.content);
    return this.#added(node.content);
  }

  #added(content: ByteSource): ByteSource {
    if (content.size > 0) this.contents.push(content);
    return content;
  }

  #dentry(kept: Kept, hashOf: (content: ByteSource) => string | undefined): Dentry {
    const { node, content, children } = kept;
    const hash = content && content.size > 0 ? hashOf(content) : undefined;
    const modified = node.modified < firstTime ? firstTime : node.modified > lastTime ? lastTime : node.modified;
    const common = {
      name: node.name,
      shortName: '',
      securityId: noSecurity,
      created: modified,
      accessed: modified,
      modified,
      reserved: noReserved,
      unknown: 0,
      taggedItems: node.unix ? unixItem(node.unix) : noItems,
      streams: noStreams,
      reparse: undefined,
      hardLinkGroup: 0n,
      children: undefined,
      hash,
    };
    if (node.kind === 'directory') {
      const below = children.map((child) => this.#dentry(child, hashOf));
      return { ...common, attributes: fileAttribute.directory, children: below };
    }
    if (node.kind === 'file') {
      return { ...common, attributes: fileAttribute.normal, hardLinkGroup: this.#groupOf(node.file) };
    }
    // Not fixed up: an absolute target stays what it is.
    const reparse = { tag: reparseTag.symbolicLink, reserved: 0, flags: 1 };
    if (node.leadsToFolder) {
      const attributes = fileAttribute.reparsePoint | fileAttribute.directory;
      return { ...common, attributes, reparse, children: [] };
    }
    // A reparse point that is no folder has two unnamed streams, so both stand in entries (D.5).
    const streams = [
      { name: '', hash },
      { name: '', hash: undefined },
    ];
    return { ...common, attributes: fileAttribute.reparsePoint, reparse, hash: undefined, streams };
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

interface Kept {
  readonly node: CaptureNode;
  readonly children: readonly Kept[];
  readonly content: ByteSource | undefined;
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
