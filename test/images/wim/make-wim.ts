/** Small WIMs of our own writer and what tests ask about them; nothing here judges. */
import { createHash } from 'node:crypto';
import { memorySource, readAll, type ByteSource } from '../../../images/bytes/index.ts';
import { emptyDirectory, sortNodes, treeFromFiles, walkTree, type DirectoryNode } from '../../../images/tree/index.ts';
import { openWim, writeWim, type NewImage, type Wim, type WriteWimOptions } from '../../../images/wim/index.ts';

export const guid = '00112233-4455-6677-8899-aabbccddeeff';
export const created = Date.UTC(2024, 0, 1);
export const options: WriteWimOptions = { bootIndex: 1, guid, created };

export const text = (content: string): ByteSource => memorySource(new TextEncoder().encode(content));

/** A folder with an empty folder, an empty file, a shared content and a long name. */
export function sampleTree(): DirectoryNode {
  const tree = treeFromFiles([
    { path: 'Windows/System32/winload.efi', content: text('a loader'), attributes: 0x21 },
    { path: 'Windows/System32/Copy.efi', content: text('a loader') },
    { path: 'Windows/System32/boot/x.bin', content: text('x'.repeat(100_000)), modified: Date.UTC(2020, 5, 1) },
    { path: 'zero', content: text('') },
    { path: `long ${'ü長'.repeat(100)}.txt`, content: text('long') },
  ]);
  return { ...tree, children: sortNodes([...tree.children, emptyDirectory('Empty')]) };
}

export const sampleImage = (): NewImage => ({ tree: sampleTree(), name: 'Sample' });

/** The bytes of a WIM that the writer makes. */
export async function wimBytes(images: readonly NewImage[], more: Partial<WriteWimOptions> = {}): Promise<Uint8Array> {
  const { source } = await writeWim(images, { ...options, ...more });
  return (await source.read(0, source.size)).slice();
}

export async function openBytes(bytes: Uint8Array): Promise<Wim> {
  return openWim(memorySource(bytes, 'test.wim'));
}

export async function sampleWim(more: Partial<WriteWimOptions> = {}): Promise<Wim> {
  return openBytes(await wimBytes([sampleImage()], more));
}

/** Paths of a tree with the SHA-1 of each file, `null` for folders. */
export async function listing(root: DirectoryNode): Promise<Record<string, string | null>> {
  const list: Record<string, string | null> = {};
  for (const { path, node } of walkTree(root)) {
    list[path] =
      node.kind === 'directory'
        ? null
        : createHash('sha1')
            .update(await readAll(node.content))
            .digest('hex');
  }
  return list;
}

export const sha1Text = (content: string): string => createHash('sha1').update(content).digest('hex');
