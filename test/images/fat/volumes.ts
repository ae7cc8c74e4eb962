/** What the tests of FAT share: trees, and volumes put together from a layout as a caller of the writer does it. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import * as fc from 'fast-check';
import { memorySource, overlaySource, zeroSource, type ByteSource, type Patch } from '../../../images/bytes/index.ts';
import { fatFileData, fatVolumePieces, type FatLayout, type FatOptions } from '../../../images/fat/index.ts';
import {
  findNode,
  nameKey,
  sortNodes,
  treeFromFiles,
  type DirectoryNode,
  type TreeNode,
} from '../../../images/tree/index.ts';

export const TIME = Date.UTC(2024, 1, 29, 12, 34, 56);

/** Options of a plain volume at the start of its image. */
export function plainOptions(options: Partial<FatOptions> = {}): FatOptions {
  return { type: 'auto', startOffset: 0, label: 'OSDKIT', serial: 0x1234_abcd, time: TIME, ...options };
}

/** Bytes that differ from file to file and from place to place. */
export function content(size: number, seed: number): ByteSource {
  const bytes = new Uint8Array(size);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return memorySource(bytes);
}

/** A tree from `path: size`. A path that ends in `/` is a folder. */
export function treeOf(sizes: Readonly<Record<string, number>>): DirectoryNode {
  const files = Object.entries(sizes).filter(([path]) => !path.endsWith('/'));
  return treeFromFiles(files.map(([path, size], index) => ({ path, content: content(size, index) })));
}

/** A file of so many bytes that are never read. */
export function hollow(size: number): ByteSource {
  return { ...zeroSource(size), id: `hollow:${size}` };
}

/** Everything of a volume as patches, offsets from its start. */
export async function patchesOf(layout: FatLayout): Promise<Patch[]> {
  const patches: Patch[] = [];
  for (const { offset, bytes } of fatVolumePieces(layout)) patches.push({ offset: offset - layout.startOffset, bytes });
  for (const { offset, node } of fatFileData(layout)) {
    patches.push({ offset: offset - layout.startOffset, bytes: await node.content.read(0, node.content.size) });
  }
  return patches;
}

/** The volume as a source; memory only for what is not zero. */
export async function volumeSource(layout: FatLayout): Promise<ByteSource> {
  const size = layout.endOffset - layout.startOffset;
  return overlaySource(zeroSource(size), await patchesOf(layout), 'volume');
}

/** The volume as bytes. */
export async function volumeBytes(layout: FatLayout): Promise<Uint8Array> {
  const bytes = new Uint8Array(layout.endOffset - layout.startOffset);
  for (const { offset, bytes: piece } of await patchesOf(layout)) bytes.set(piece, offset);
  return bytes;
}

/** The volume as a sparse file. */
export async function volumeFile(layout: FatLayout, path: string): Promise<void> {
  const handle = openSync(path, 'w');
  ftruncateSync(handle, layout.endOffset - layout.startOffset);
  for (const { offset, bytes } of await patchesOf(layout)) writeSync(handle, bytes, 0, bytes.length, offset);
  closeSync(handle);
}

/** Names that FAT allows: short ones, long ones, dots, spaces, other alphabets, what collides when cut to 8+3. */
export const fileName: fc.Arbitrary<string> = fc
  .oneof(
    fc.stringMatching(/^[A-Z0-9]{1,8}(\.[A-Z0-9]{1,3})?$/),
    fc.stringMatching(/^[a-z]{1,20}(\.[a-z]{1,5}){0,2}$/),
    fc.stringMatching(/^longname [0-9]{1,6}\.wim$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.stringMatching(/^[.+,;=[\] ]{0,3}[a-c]~[12](\.x)?$/),
  )
  .filter(
    (name) =>
      name.length <= 255 && name.split('').every((c) => c >= ' ') && !/["*/:<>?\\|]|[. ]$|\p{Surrogate}/u.test(name),
  );

const node: fc.Memo<TreeNode> = fc.memo((depth) =>
  depth <= 1
    ? fileNode
    : fc.oneof({ weight: 3, arbitrary: fileNode }, { weight: 1, arbitrary: directoryNode(depth - 1) }),
);

const fileNode: fc.Arbitrary<TreeNode> = fc
  .tuple(
    fileName,
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 70_000 }), fc.constantFrom(511, 512, 513, 2048)),
    fc.nat(),
  )
  .map(([name, size, seed]) => ({ kind: 'file', name, content: content(size, seed) }));

function directoryNode(depth: number): fc.Arbitrary<DirectoryNode> {
  return fc.tuple(fileName, children(depth)).map(([name, children]) => ({ kind: 'directory', name, children }));
}

function children(depth: number): fc.Arbitrary<readonly TreeNode[]> {
  return fc
    .uniqueArray(node(depth), { maxLength: 12, selector: ({ name }) => nameKey(name) })
    .map((nodes) => sortNodes(nodes));
}

/** Trees up to four folders deep. */
export const anyTree: fc.Arbitrary<DirectoryNode> = children(4).map((nodes) => ({
  kind: 'directory',
  name: '',
  children: nodes,
}));

/** The node at a path; a test that asks for one that is absent is wrong. */
export function nodeAt(root: DirectoryNode, path: string): TreeNode {
  const found = findNode(root, path);
  if (!found) throw new Error(`no ${path} in the tree`);
  return found;
}
