/** A folder on disk as a tree, and a tree written into a folder. The only file of `images/tree` that touches the disk. */
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError, InputError, toOsdkitError, type OperationContext } from '../../src/core/index.ts';
import { openFile, transfer, type ByteSource, type FileSource } from '../bytes/index.ts';
import { sortNodes } from './build.ts';
import { treeCode } from './codes.ts';
import type { DirectoryNode, TreeNode } from './types.ts';
import { walkTree } from './walk.ts';

export interface DirectoryTree extends AsyncDisposable {
  readonly root: DirectoryNode;
}

/**
 * Reads a folder into a tree; file contents stay on disk and are opened when first read. Times and modes are left out, so that
 * equal folders give equal trees. Throws InputError (`TREE_LINK`) for links, sockets and devices.
 */
export async function readDirectory(path: string): Promise<DirectoryTree> {
  const opened: FileSource[] = [];
  const root = await readFolder(path, '', opened);
  return {
    root,
    async [Symbol.asyncDispose]() {
      for (const source of opened) await source.close();
    },
  };
}

async function readFolder(path: string, name: string, opened: FileSource[]): Promise<DirectoryNode> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw toOsdkitError(error, `reading the folder ${path}`);
  });
  const children: TreeNode[] = [];
  for (const entry of entries) {
    const place = join(path, entry.name);
    if (entry.isDirectory()) children.push(await readFolder(place, entry.name, opened));
    else if (entry.isFile()) children.push({ kind: 'file', name: entry.name, content: await lazyFile(place, opened) });
    else {
      throw new InputError(treeCode.TREE_LINK, `${place} is neither a file nor a folder`, {
        details: { path: place },
        hint: 'Links and devices cannot be put on a medium: replace it by the file itself.',
      });
    }
  }
  return { kind: 'directory', name, children: sortNodes(children) };
}

/** A file whose handle is opened for each read, so that 100,000 files need no 100,000 handles. */
async function lazyFile(path: string, opened: FileSource[]): Promise<FileSource> {
  const probe = await openFile(path);
  await probe.close();
  let source: FileSource | undefined;
  return {
    ...probe,
    async read(offset, length) {
      if (!source) {
        source = await openFile(path);
        opened.push(source);
      }
      return source.read(offset, length);
    },
  };
}

const reservedNames = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i;

/** Throws FormatError (`TREE_NAME_ILLEGAL`) for a name that must not reach a file system: `..`, separators, NUL, devices. */
export function checkFileName(name: string, path: string): void {
  const why =
    name === '' || name === '.' || name === '..'
      ? 'it is a relative path'
      : name.split('').some((c) => c < ' ' || '\\/<>:"|?*'.includes(c))
        ? 'it holds a character that file systems do not allow'
        : reservedNames.test(name)
          ? 'it is a device name on Windows'
          : undefined;
  if (why === undefined) return;
  throw new FormatError(treeCode.TREE_NAME_ILLEGAL, `${path}: the name ${JSON.stringify(name)} is refused: ${why}`, {
    details: { path },
  });
}

/**
 * Writes a tree into the folder `target` (made when absent). Every name is checked first; existing files are never
 * overwritten. Returns the number of files. Throws FormatError for unsafe names, EnvironmentError when writing fails.
 */
export async function writeDirectory(root: DirectoryNode, target: string, context: OperationContext): Promise<number> {
  for (const { path, node } of walkTree(root)) checkFileName(node.name, path);
  await mkdir(target, { recursive: true }).catch((error: unknown) => {
    throw toOsdkitError(error, `making the folder ${target}`);
  });
  let files = 0;
  for (const { path, node } of walkTree(root)) {
    const place = join(target, path);
    if (node.kind === 'directory') {
      await mkdir(place, { recursive: true });
      continue;
    }
    await writeFileNode(node.content, place, path, context);
    files++;
  }
  return files;
}

async function writeFileNode(
  content: ByteSource,
  place: string,
  path: string,
  context: OperationContext,
): Promise<void> {
  const handle = await open(place, 'wx').catch((error: unknown) => {
    throw toOsdkitError(error, `creating ${place}`);
  });
  try {
    const sink = {
      path: place,
      async write(offset: number, bytes: Uint8Array) {
        for (let done = 0; done < bytes.length; ) {
          done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
      },
      truncate: (size: number) => handle.truncate(size),
    };
    await transfer([{ at: 0, source: content }], sink, context, `extracting ${path}`);
  } catch (error) {
    throw toOsdkitError(error, `writing ${place}`);
  } finally {
    await handle.close();
  }
}
