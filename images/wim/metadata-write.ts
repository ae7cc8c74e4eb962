/**
 * Writes a metadata resource (D.5): security block, root, then each folder's children back to back, folders in pre-order as
 * wimlib writes them; an empty folder gets a list that holds only the terminator. It is made piece by piece: that of 100,000
 * files has 20 MB.
 */
import { createHash } from 'node:crypto';
import { alignUp, checkRange, type ByteSource } from '../bytes/index.ts';
import { dentrySpace, writeDentry } from './dentry-bytes.ts';
import { securityFixed } from './layout.ts';
import type { Dentry } from './dentry-types.ts';

const terminatorSize = 8;
/** Of a piece; more only when one dentry alone is larger. */
const pieceSize = 256 * 1024;

/** A security block without descriptors. */
export const emptySecurity: Uint8Array = securityFixed.encode({ totalLength: securityFixed.size, count: 0 });

/** The resource as bytes. `security` is a whole block, padded to 8; the root must be a folder. */
export function encodeMetadata(security: Uint8Array, root: Dentry): Uint8Array {
  const plan = planOf(security, root);
  const bytes = new Uint8Array(plan.size);
  let at = 0;
  for (const piece of piecesOf(plan)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The same as a source that is read from its start on: going back makes everything before anew. */
export function metadataSource(security: Uint8Array, root: Dentry): ByteSource {
  const plan = planOf(security, root);
  let pieces = piecesOf(plan);
  /** The last piece and where it starts. */
  let [piece, start]: [Uint8Array, number] = [new Uint8Array(0), 0];
  const source: ByteSource & Required<Pick<ByteSource, 'readInto'>> = {
    get id() {
      const hash = createHash('sha256');
      for (const bytes of piecesOf(plan)) hash.update(bytes);
      return `sha256:${hash.digest('hex')}`;
    },
    name: 'the metadata of the image',
    size: plan.size,
    async read(offset, length) {
      checkRange(source, offset, length);
      const bytes = new Uint8Array(length);
      await source.readInto(offset, bytes);
      return bytes;
    },
    async readInto(offset, target) {
      checkRange(source, offset, target.length);
      if (offset < start) [pieces, piece, start] = [piecesOf(plan), new Uint8Array(0), 0];
      for (let done = 0; done < target.length; ) {
        const from = offset + done - start;
        if (from < piece.length) {
          const some = piece.subarray(from, from + target.length - done);
          target.set(some, done);
          done += some.length;
          continue;
        }
        start += piece.length;
        const next = pieces.next();
        if (next.done) throw new RangeError('the tree changed while its metadata was being written');
        piece = next.value;
      }
    },
  };
  return source;
}

/** What the lists of an image take, folders in pre-order. */
interface Plan {
  readonly security: Uint8Array;
  readonly root: Dentry;
  readonly size: number;
  readonly folders: readonly PlannedFolder[];
}

interface PlannedFolder {
  /** Bytes of the list itself, with its terminator. */
  own: number;
  /** Bytes of it and of all lists below. */
  whole: number;
  /** The folder behind the last one below it. */
  next: number;
  /** Which of the children are folders: children of a capture are made anew whenever they are asked for. */
  readonly below: number[];
}

function planOf(security: Uint8Array, root: Dentry): Plan {
  const folders: PlannedFolder[] = [];
  planFolder(root.children ?? [], folders);
  const size = headSize(security, root) + (folders[0]?.whole ?? 0);
  return { security, root, size, folders };
}

function planFolder(children: readonly Dentry[], folders: PlannedFolder[]): number {
  const folder: PlannedFolder = { own: terminatorSize, whole: 0, next: 0, below: [] };
  folders.push(folder);
  for (const [i, child] of children.entries()) {
    folder.own += dentrySpace(child);
    const list = child.children;
    if (!list) continue;
    folder.below.push(i);
    folder.whole += planFolder(list, folders);
  }
  folder.whole += folder.own;
  folder.next = folders.length;
  return folder.whole;
}

/** Everything before the first list: security, the root, and what ends its list. */
function headSize(security: Uint8Array, root: Dentry): number {
  return alignUp(security.length, 8) + dentrySpace(root) + terminatorSize;
}

/** The bytes of the resource; each piece is good until the next is asked for. */
function* piecesOf({ security, root, folders }: Plan): Generator<Uint8Array, undefined, void> {
  const head = new Uint8Array(headSize(security, root));
  head.set(security);
  writeDentry(head, alignUp(security.length, 8), root, head.length);
  yield head;
  yield* listPieces(root.children ?? [], 0, head.length, { folders, buffer: new Uint8Array(pieceSize) });
}

interface Writing {
  readonly folders: readonly PlannedFolder[];
  buffer: Uint8Array;
}

/** The list of the folder with this index, at `start`, and all lists below. */
function* listPieces(
  children: readonly Dentry[],
  index: number,
  start: number,
  writing: Writing,
): Generator<Uint8Array, undefined, void> {
  const { folders } = writing;
  const { own, below } = folders[index] as PlannedFolder;
  const lists = below.map(() => ({ index: 0, start: 0 }));
  let [nextIndex, nextStart] = [index + 1, start + own];
  for (const list of lists) {
    [list.index, list.start] = [nextIndex, nextStart];
    const folder = folders[nextIndex] as PlannedFolder;
    [nextIndex, nextStart] = [folder.next, nextStart + folder.whole];
  }
  let used = 0;
  let folder = 0;
  for (const [i, child] of children.entries()) {
    const space = dentrySpace(child);
    if (used + space > writing.buffer.length) {
      if (used > 0) yield writing.buffer.subarray(0, used);
      used = 0;
      if (space > writing.buffer.length) writing.buffer = new Uint8Array(space);
    }
    writing.buffer.fill(0, used, used + space);
    writeDentry(writing.buffer, used, child, i === below[folder] ? (lists[folder++]?.start ?? 0) : 0);
    used += space;
  }
  if (used > 0) yield writing.buffer.subarray(0, used);
  yield new Uint8Array(terminatorSize);
  for (const [i, list] of lists.entries()) {
    yield* listPieces(children[below[i] as number]?.children ?? [], list.index, list.start, writing);
  }
}
