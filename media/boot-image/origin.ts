/**
 * Where boot files come from: the image, or the folder of --boot-files, which may be laid out as a medium (`EFI/Boot/...`,
 * `Boot/boot.sdi`; also as copype's folder around `media`), as Windows\Boot, or flat (copype's `bootbins`). Both are asked
 * by the paths that a file has in an image.
 */
import { findNode, filesOf, type DirectoryNode } from '../../images/tree/index.ts';
import type { ByteSource } from '../../images/bytes/index.ts';
import type { Dentry, WimImage } from '../../images/wim/index.ts';
import type { BootFile } from './boot-files.ts';

export interface FoundFile {
  readonly from: 'image' | 'boot-files';
  /** In the image or the folder. */
  readonly path: string;
  readonly content: ByteSource;
}

export interface FoundMember extends FoundFile {
  /** Path below the folder of the row. */
  readonly name: string;
}

export interface Origin {
  /** The first of these paths that is a file. */
  file(paths: readonly string[]): FoundFile | undefined;
  /** The files of the first of these folders that has any that fit the row: its own, or all below it without a pattern. */
  members(row: BootFile, paths: readonly string[]): readonly FoundMember[];
}

/** The image itself. Throws what `image.file` throws for data that is not there. */
export function imageOrigin(image: WimImage): Origin {
  const take = (path: string): FoundFile | undefined => {
    const content = image.file(path);
    return content && { from: 'image', path, content };
  };
  return {
    file: (paths) => firstOf(paths, take),
    members: (row, paths) =>
      firstOf(paths, (path) => {
        const folder = image.find(path);
        const found = namesBelow(folder, row.pattern === undefined)
          .filter((name) => row.pattern?.test(name) ?? true)
          .flatMap((name) => {
            const file = take(`${path}/${name}`);
            return file ? [{ ...file, name }] : [];
          });
        return found.length > 0 ? found : undefined;
      }) ?? [],
  };
}

/** The folder of --boot-files. */
export function directoryOrigin(root: DirectoryNode): Origin {
  const take = (path: string): FoundFile | undefined => {
    const node = findNode(root, path);
    return node?.kind === 'file' ? { from: 'boot-files', path, content: node.content } : undefined;
  };
  return {
    file: (paths) => firstOf(paths.flatMap(placesInDirectory), take),
    members: (row, paths) =>
      firstOf([...paths.flatMap(placesInDirectory), ...mediumPlaces(row)], (path) => {
        const folder = findNode(root, path);
        if (folder?.kind !== 'directory') return undefined;
        const found = filesOf(folder)
          .filter(({ path: name }) => row.pattern === undefined || (!name.includes('/') && row.pattern.test(name)))
          .map(({ path: name, file }) => ({
            from: 'boot-files' as const,
            path: `${path}/${name}`,
            content: file.content,
            name,
          }));
        return found.length > 0 ? found : undefined;
      }) ?? [],
  };
}

/** Where a medium has the file or folder, below the folder of --boot-files. */
export function mediumPlaces(row: Pick<BootFile, 'target' | 'elsewhere'>): readonly string[] {
  const places = row.target === undefined ? [] : [row.target, ...(row.elsewhere ?? [])];
  return places.flatMap((place) => [place, `media/${place}`]);
}

/** `Windows/Boot/EFI/x` may lie at that path, below `Windows`, below `Windows\Boot`, or alone. */
function placesInDirectory(path: string): readonly string[] {
  const withinWindows = /^Windows\/(Boot\/(.+))$/.exec(path);
  const name = path.split('/').at(-1) ?? path;
  const alone = /\.\w+$|^bootmgr$/.test(name) ? [name] : [];
  return [path, ...(withinWindows ? [withinWindows[1] as string, withinWindows[2] as string] : []), ...alone];
}

function firstOf<T>(paths: readonly string[], take: (path: string) => T | undefined): T | undefined {
  for (const path of paths) {
    const found = take(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesBelow(folder: Dentry | undefined, deep: boolean, prefix = ''): string[] {
  const names: string[] = [];
  for (const child of folder?.children ?? []) {
    if (child.children === undefined) names.push(`${prefix}${child.name}`);
    else if (deep) names.push(...namesBelow(child, deep, `${prefix}${child.name}/`));
  }
  return names;
}
