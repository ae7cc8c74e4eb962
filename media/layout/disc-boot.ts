/** What makes a tree bootable as an image file: its EFI loaders, its `bootmgr`, and the order of its files. */
import type { DiscOptions } from '../../images/disc/index.ts';
import { findFile, walkTree, type DirectoryNode } from '../../images/tree/index.ts';

/** Removable-media names of EFI loaders (UEFI 3.5.1.1). */
const loaderNames = ['EFI/BOOT/BOOTX64.EFI', 'EFI/BOOT/BOOTAA64.EFI', 'EFI/BOOT/BOOTIA32.EFI'] as const;

/** A WIM or ESD as large as this is read last, and so lies last. */
const largeFile = 64 * 1024 * 1024;

/** Loaders, `bootmgr` and file order that follow from the files of a tree (boot-chain 5.4: boot.wim lies last). */
export function bootOptions(root: DirectoryNode): Pick<DiscOptions, 'loaders' | 'bios' | 'fileOrder'> {
  const wanted = new Set([...loaderNames, 'BOOTMGR', 'SOURCES/BOOT.WIM'].map((path) => path.toUpperCase()));
  const spelled = new Map<string, string>();
  const large: string[] = [];
  for (const { path, node } of walkTree(root)) {
    if (node.kind === 'directory') continue;
    if (wanted.has(path.toUpperCase())) spelled.set(path.toUpperCase(), path);
    if (node.content.size >= largeFile) large.push(path);
  }
  const loaders = loaderNames.flatMap((name) => spelled.get(name) ?? []);
  const bootmgr = findFile(root, 'bootmgr') && spelled.get('BOOTMGR');
  const bootWim = spelled.get('SOURCES/BOOT.WIM');
  const last = large.filter((path) => path !== bootWim);
  return {
    loaders,
    ...(bootmgr ? { bios: { bootmgr } } : {}),
    fileOrder: { first: [...loaders, ...(bootmgr ? [bootmgr] : [])], last: [...last, ...(bootWim ? [bootWim] : [])] },
  };
}
