/**
 * Changes to the tree of one image, by path. A folder is opened (copied into a map) when a change goes through it; folders
 * that nothing touches stay as they were read. Existing entries keep their order; new ones come where NTFS would sort them.
 */
import { InputError } from '../../src/core/index.ts';
import type { Instant } from '../bytes/index.ts';
import { pathSegments } from '../tree/index.ts';
import { wimCode } from './codes.ts';
import { isDirectory, isReparsePoint } from './dentry.ts';
import { groupsOf, withoutSingleLinks } from './hard-links.ts';
import { compareNtfs, ntfsKey } from './names.ts';
import { checkNewName, fileAttributes, fileDentry, folderDentry } from './new-dentry.ts';
import type { NewContent, WimChange } from './change-types.ts';
import type { Dentry } from './dentry-types.ts';

interface OpenFolder {
  readonly dentry: Dentry;
  /** By name key, in the order of the file. */
  readonly entries: Map<string, Dentry | OpenFolder>;
  /** Keys of new entries. */
  readonly fresh: Set<string>;
}

type RenameChange = Extract<WimChange, { readonly op: 'rename' }>;

type NewFile = NewContent & { readonly hash: string | undefined };

const isOpen = (entry: Dentry | OpenFolder): entry is OpenFolder => 'entries' in entry;
const dentryOf = (entry: Dentry | OpenFolder): Dentry => (isOpen(entry) ? entry.dentry : entry);

/** Edits one image. `modified` is the time of new folders, and of new files that have none of their own. */
export class TreeEditor {
  readonly #root: OpenFolder;
  readonly #modified: Instant;
  /** Hard-link groups that lost a name. */
  readonly #loosened = new Set<bigint>();

  constructor(root: Dentry, modified: Instant) {
    this.#root = open(root);
    this.#modified = modified;
  }

  /**
   * Makes one change; `hash` is the SHA-1 of new content, undefined when it is empty. Throws InputError
   * (`WIM_CHANGE_CONFLICT`, `WIM_NAME`) and then has changed nothing that matters.
   */
  change(change: WimChange, hash: string | undefined): void {
    if (change.op === 'rename') {
      this.#rename(change);
      return;
    }
    const segments = pathSegments(change.path);
    const name = segments.pop();
    if (name === undefined) throw conflict(change, 'the path names the root folder');
    const folder = this.#folder(change, segments);
    const key = keyIn(folder, name);
    const existing = folder.entries.get(key);
    if (change.op === 'delete') {
      if (!existing) throw conflict(change, 'it does not exist');
      for (const group of groupsOf(isOpen(existing) ? close(existing) : existing)) this.#loosened.add(group);
      folder.entries.delete(key);
      folder.fresh.delete(key);
      return;
    }
    if (existing && isDirectory(dentryOf(existing))) throw conflict(change, 'a folder has this name');
    if (existing && change.op === 'add') throw conflict(change, 'it exists already');
    if (!existing && change.op === 'replace') throw conflict(change, 'it does not exist');
    if (existing) for (const group of groupsOf(dentryOf(existing))) this.#loosened.add(group);
    if (existing) folder.entries.set(key, this.#replaced(dentryOf(existing), { ...change, hash }));
    else this.#insert(folder, change.path, name, this.#newFile(name, { ...change, hash }));
  }

  /** The tree with all changes. */
  finish(): Dentry {
    return withoutSingleLinks(close(this.#root), this.#loosened);
  }

  /** All that belongs to the entry goes along, but for the short name, which Windows made of the old one. */
  #rename(change: RenameChange): void {
    const [from, to] = [pathSegments(change.path), pathSegments(change.to)];
    if (from.length < to.length && from.every((segment, i) => ntfsKey(segment) === ntfsKey(to[i] ?? ''))) {
      throw conflict(change, `${change.to} lies in it`);
    }
    const [name, newName] = [from.pop(), to.pop()];
    if (name === undefined || newName === undefined) throw conflict(change, 'a path names the root folder');
    const source = this.#folder(change, from, 'must exist');
    const key = keyIn(source, name);
    const entry = source.entries.get(key);
    if (!entry) throw conflict(change, 'it does not exist');
    checkNewName(newName, change.to);
    const target = this.#folder(change, to);
    const there = target.entries.get(keyIn(target, newName));
    if (there && there !== entry) throw conflict(change, `${change.to} exists already`);
    source.entries.delete(key);
    source.fresh.delete(key);
    const named = <D extends Dentry>(dentry: D): D => ({ ...dentry, name: newName, shortName: '' });
    this.#insert(target, change.to, newName, isOpen(entry) ? { ...entry, dentry: named(entry.dentry) } : named(entry));
  }

  /** The folder at a path; missing ones are made, unless they must exist. */
  #folder(
    change: WimChange,
    segments: readonly string[],
    missing: 'are made' | 'must exist' = change.op === 'delete' ? 'must exist' : 'are made',
  ): OpenFolder {
    let folder = this.#root;
    for (const [i, name] of segments.entries()) {
      const key = keyIn(folder, name);
      const entry = folder.entries.get(key);
      const place = segments.slice(0, i + 1).join('/');
      if (!entry) {
        if (missing === 'must exist') throw conflict(change, `the folder ${place} does not exist`);
        const times = { created: this.#modified, modified: this.#modified };
        folder = this.#insert(folder, change.path, name, open(folderDentry(name, [], undefined, times)));
        continue;
      }
      const dentry = dentryOf(entry);
      if (!isDirectory(dentry)) throw conflict(change, `${place} is a file`);
      if (isReparsePoint(dentry)) throw conflict(change, `${place} is a link to another place`);
      const opened = isOpen(entry) ? entry : open(entry);
      folder.entries.set(key, opened);
      folder = opened;
    }
    return folder;
  }

  #insert<E extends Dentry | OpenFolder>(folder: OpenFolder, path: string, name: string, entry: E): E {
    checkNewName(name, path);
    folder.entries.set(ntfsKey(name), entry);
    folder.fresh.add(ntfsKey(name));
    return entry;
  }

  #newFile(name: string, file: NewFile): Dentry {
    const modified = file.modified ?? this.#modified;
    return fileDentry(name, file.hash, file.attributes, { created: file.created ?? modified, modified });
  }

  /** Keeps name, short name, owner and times of creation; streams and links of the old file go with its content. */
  #replaced(old: Dentry, file: NewFile): Dentry {
    const fresh = this.#newFile(old.name, file);
    return {
      ...fresh,
      shortName: old.shortName,
      attributes: fileAttributes(file.attributes ?? old.attributes),
      securityId: old.securityId,
      // A zero time would make Windows complain [P]; then the new file's own is taken.
      created: file.created === undefined && old.created > 0n ? old.created : fresh.created,
      reserved: old.reserved,
      unknown: old.unknown,
    };
  }
}

function open(dentry: Dentry): OpenFolder {
  const entries = new Map<string, Dentry>();
  for (const child of dentry.children ?? []) {
    const key = ntfsKey(child.name);
    // Two names that differ in case only are legal where a folder is case-sensitive: the second stays under its spelling.
    entries.set(entries.has(key) ? exactKey(child.name) : key, child);
  }
  return { dentry, entries, fresh: new Set() };
}

/** No name holds a slash, so this is no other name's key. */
const exactKey = (name: string): string => `/${name}`;

function keyIn(folder: OpenFolder, name: string): string {
  return folder.entries.has(exactKey(name)) ? exactKey(name) : ntfsKey(name);
}

function close(folder: OpenFolder): Dentry {
  const fresh = [...folder.fresh].map((key) => closed(folder.entries.get(key) as Dentry | OpenFolder));
  fresh.sort((a, b) => compareNtfs(b.name, a.name));
  const children: Dentry[] = [];
  for (const [key, entry] of folder.entries) {
    if (folder.fresh.has(key)) continue;
    const dentry = closed(entry);
    for (let next = fresh.at(-1); next && compareNtfs(next.name, dentry.name) < 0; next = fresh.at(-1)) {
      children.push(next);
      fresh.pop();
    }
    children.push(dentry);
  }
  return { ...folder.dentry, children: [...children, ...fresh.reverse()] };
}

const closed = (entry: Dentry | OpenFolder): Dentry => (isOpen(entry) ? close(entry) : entry);

function conflict(change: WimChange, why: string): InputError {
  return new InputError(wimCode.WIM_CHANGE_CONFLICT, `cannot ${change.op} ${change.path}: ${why}`, {
    details: { path: change.path, change: change.op },
  });
}
