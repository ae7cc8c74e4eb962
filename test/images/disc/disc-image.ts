/** What the tests of discs share: options, trees, and images put together from a plan as a caller does it. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { overlaySource, zeroSource, type ByteSource, type Patch } from '../../../images/bytes/index.ts';
import { discPieces, type DiscLayout, type DiscOptions } from '../../../images/disc/index.ts';
import { treeFromFiles, type DirectoryNode } from '../../../images/tree/index.ts';
import { content, hollow } from '../fat/volumes.ts';

export const BLOCK = 2048;
export const MIB = 1024 * 1024;
export const TIME = Date.UTC(2024, 1, 29, 12, 34, 56);

export const loader = 'EFI/BOOT/BOOTX64.EFI';

/** Options of an image that boots in every way. */
export function discOptions(options: Partial<DiscOptions> = {}): DiscOptions {
  return {
    label: 'WINPE_X64',
    layout: 'mbr',
    time: TIME,
    ids: {
      diskSignature: 0x4f53_444b,
      fatSerial: 0x1234_abcd,
      udfSetId: '0123456789abcdef',
      diskGuid: Uint8Array.from({ length: 16 }, (_, i) => i + 1),
      partitionGuid: Uint8Array.from({ length: 16 }, (_, i) => i + 101),
    },
    loaders: [loader],
    bios: { bootmgr: 'bootmgr' },
    fileOrder: { first: [loader, 'bootmgr'], last: ['sources/boot.wim'] },
    ...options,
  };
}

export interface MediaSizes {
  readonly loader?: number;
  readonly bootWim?: number;
  readonly more?: Readonly<Record<string, ByteSource>>;
}

/** The files of a WinPE medium, by their kinds. `bootWim` above 8 MiB is nothing but zeros. */
export function mediaTree({ loader: size = 100_000, bootWim = 500_001, more = {} }: MediaSizes = {}): DirectoryNode {
  const files: Record<string, ByteSource> = {
    [loader]: content(size, 1),
    bootmgr: content(50_001, 2),
    'Boot/BCD': content(16_384, 3),
    'Boot/boot.sdi': content(70_000, 4),
    'EFI/Microsoft/Boot/BCD': content(16_384, 5),
    'EFI/Microsoft/Boot/en-us/bootmgfw.efi.mui': content(2049, 6),
    'osdkit/media.json': content(900, 7),
    'a long name with Ünïcode €.txt': content(3, 8),
    'empty.txt': content(0, 9),
    'sources/boot.wim': bootWim > 8 * MIB ? hollow(bootWim) : content(bootWim, 10),
    ...more,
  };
  return treeFromFiles(Object.entries(files).map(([path, source]) => ({ path, content: source })));
}

/** Everything of an image that is not zero. */
export async function patchesOf(layout: DiscLayout): Promise<Patch[]> {
  const patches: Patch[] = [];
  for (const { at, source } of discPieces(layout)) {
    if (source.size === 0 || source.id.startsWith('hollow:')) continue;
    patches.push({ offset: at, bytes: await source.read(0, source.size) });
  }
  return patches;
}

/** The image as a source; `extra` patches lie over it. */
export async function discSource(layout: DiscLayout, extra: readonly Patch[] = []): Promise<ByteSource> {
  const source = overlaySource(zeroSource(layout.size), [...(await patchesOf(layout)), ...extra], 'disc');
  return { ...source, size: layout.size };
}

/** The image as a sparse file. */
export async function discFile(layout: DiscLayout, path: string, extra: readonly Patch[] = []): Promise<void> {
  const handle = openSync(path, 'w');
  ftruncateSync(handle, layout.size);
  for (const { offset, bytes } of [...(await patchesOf(layout)), ...extra]) {
    writeSync(handle, bytes, 0, bytes.length, offset);
  }
  closeSync(handle);
}
