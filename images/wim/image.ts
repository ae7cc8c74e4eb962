/** One image of an open WIM: finding names, and the image as a plain tree of folders and files. */
import { FormatError } from '../../src/core/index.ts';
import { fromFileTime, memorySource, type ByteSource, sourceName } from '../bytes/index.ts';
import { sortNodes, type DirectoryNode, type NodeAttributes, type TreeNode } from '../tree/index.ts';
import { wimCode } from './codes.ts';
import { dataHash, findDentry, isDirectory, isEncrypted, isReparsePoint, walkDentries } from './dentry.ts';
import type { Metadata } from './metadata-read.ts';
import { sha1 } from './sha1.ts';
import type { Dentry } from './dentry-types.ts';
import type { BlobTable, SkippedItem, Wim, WimImage, WimImageInfo } from './types.ts';

const nothing = new Uint8Array(0);
const emptySource = memorySource(nothing, `sha1:${sha1(nothing)}`);

/** The image over its metadata. */
export function imageOf(wim: Wim, table: BlobTable, info: WimImageInfo, metadata: Metadata): WimImage {
  const content = (dentry: Dentry, path: string): ByteSource => {
    const hash = dataHash(dentry);
    if (hash === undefined) return emptySource;
    const blob = table.find(hash);
    if (blob) return wim.blob(blob);
    throw new FormatError(
      wimCode.WIM_BLOB_MISSING,
      `${sourceName(wim.source)}: image ${info.index}: ${path} has the data sha1:${hash}, which the blob table does not list`,
      {
        details: { format: 'WIM', path, hash },
        ...(wim.parts.length < wim.totalParts
          ? { hint: 'It lies in another part of the split set: join the parts first.' }
          : {}),
      },
    );
  };
  const directory = (dentry: Dentry, path: string): DirectoryNode => {
    const children = (dentry.children ?? []).filter((child) => whySkipped(child) === undefined);
    return {
      kind: 'directory',
      name: dentry.name,
      ...attributesOf(dentry),
      children: sortNodes(
        children.map((child): TreeNode => {
          const place = path === '' ? child.name : `${path}/${child.name}`;
          if (isDirectory(child)) return directory(child, place);
          let known: ByteSource | undefined;
          return {
            kind: 'file',
            name: child.name,
            ...attributesOf(child),
            // Looked for when it is needed: data that is missing is the trouble of this file and of no other.
            get content() {
              return (known ??= content(child, place));
            },
          };
        }),
      ),
    };
  };
  return {
    wim,
    index: info.index,
    info,
    root: metadata.root,
    security: metadata.security,
    find: (path) => findDentry(metadata.root, path),
    file(path) {
      const dentry = findDentry(metadata.root, path);
      if (!dentry || isDirectory(dentry) || whySkipped(dentry) !== undefined) return undefined;
      return content(dentry, path);
    },
    tree: () => directory(metadata.root, ''),
    skipped: () => skippedItems(metadata.root),
  };
}

function attributesOf(dentry: Dentry): NodeAttributes {
  return {
    attributes: dentry.attributes,
    created: fromFileTime(dentry.created),
    modified: fromFileTime(dentry.modified),
  };
}

function whySkipped(dentry: Dentry): SkippedItem['what'] | undefined {
  if (isEncrypted(dentry) && !isDirectory(dentry)) return 'encrypted file';
  return isReparsePoint(dentry) ? 'reparse point' : undefined;
}

function skippedItems(root: Dentry): SkippedItem[] {
  const items: SkippedItem[] = [];
  for (const { path, dentry } of walkDentries(root)) {
    const what = whySkipped(dentry);
    if (what) items.push({ path, what });
    else if (dentry.streams.some((stream) => stream.name !== '')) items.push({ path, what: 'named stream' });
  }
  return items;
}
