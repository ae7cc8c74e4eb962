/** Do boot entries and boot sectors lead to their files? */
import { operationContext, type Problem } from '../../src/core/index.ts';
import { digestSources, type ByteSource } from '../bytes/index.ts';
import { extentSource } from '../iso9660/index.ts';
import { filesOf, type ListedFile } from '../tree/index.ts';
import { platform } from './boot.ts';
import { discCode } from './codes.ts';
import type { DiscBoot } from './types.ts';

const BLOCK = 2048;
const SECTOR = 512;
/** What BIOS code can load (boot-chain 7). */
const largestBootmgr = 0x80000;

const problem = (message: string): Problem => ({ code: discCode.DISC_BOOT, severity: 'error', message });

const bootmgrPath = 'bootmgr';

/** The file of UDF at a path, in any case; it must be one of `bootPaths`. */
export type FindFile = (path: string) => ListedFile | undefined;

/** Paths of the files that boot entries lead to. */
export function bootPaths(boot: readonly DiscBoot[]): string[] {
  return [bootmgrPath, ...boot.flatMap(({ root }) => (root ? filesOf(root).map(({ path }) => path) : []))];
}

/** Problems of the El Torito entries and of the FAT32 boot record at `fatOffset`. */
export async function checkBoot(
  source: ByteSource,
  find: FindFile,
  boot: readonly DiscBoot[],
  fatOffset: number | undefined,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const one of boot) {
    const { entry } = one;
    const title = `El Torito entry for ${entry.platform === platform.efi ? 'UEFI' : 'BIOS'}`;
    if (!entry.bootable || entry.media !== 0)
      problems.push(problem(`${title}: it is not a bootable one without emulation`));
    if (entry.platform === platform.efi) problems.push(...(await checkLoaders(source, one, find, title)));
    else if (entry.platform === platform.bios) problems.push(...(await checkBios(source, find, one, fatOffset, title)));
  }
  for (const [offset, what] of bootSectors(boot, fatOffset)) {
    const table = await source.read(offset + 0x1be, 64);
    if (table.every((byte) => byte === 0)) continue;
    problems.push(problem(`${what}: bytes 0x1be to 0x1fd are not zero, UEFI firmware would take them for partitions`));
  }
  return problems;
}

function* bootSectors(boot: readonly DiscBoot[], fatOffset: number | undefined): Generator<readonly [number, string]> {
  if (fatOffset !== undefined) yield [fatOffset, 'boot sector of the FAT volume'];
  for (const { entry, root } of boot) {
    if (root) yield [entry.block * BLOCK, 'boot sector of the El Torito volume'];
  }
}

/** The small volume holds nothing but copies of loaders of the disc. */
async function checkLoaders(source: ByteSource, { root }: DiscBoot, find: FindFile, title: string): Promise<Problem[]> {
  if (!root) return [problem(`${title}: it does not name a FAT volume`)];
  const copies = filesOf(root);
  if (copies.length === 0) return [problem(`${title}: its volume holds no loader`)];
  const problems: Problem[] = [];
  for (const { path, file } of copies) {
    const extents = find(path)?.extents;
    const original = extents && extentSource(source, extents);
    const [a, b] = original ? await digestSources([file.content, original], operationContext()) : [];
    if (a === undefined || a !== b) problems.push(problem(`${path}: the copy in the El Torito volume differs`));
  }
  return problems;
}

async function checkBios(
  source: ByteSource,
  find: FindFile,
  { entry }: DiscBoot,
  fatOffset: number | undefined,
  title: string,
): Promise<Problem[]> {
  const place = find(bootmgrPath)?.extents?.[0];
  if (!place) return [problem(`${title}: the disc holds no bootmgr`)];
  if (place.length > largestBootmgr)
    return [problem(`bootmgr has ${place.length} bytes, BIOS code loads ${largestBootmgr}`)];
  const problems: Problem[] = [];
  if (!(await names(source, entry.block * BLOCK, BLOCK, place.offset / BLOCK))) {
    problems.push(problem(`${title}: its boot sector does not load bootmgr from where it lies`));
  }
  if (fatOffset !== undefined && !(await names(source, fatOffset, SECTOR, place.offset / SECTOR))) {
    problems.push(problem('boot sector of the FAT volume: it does not load bootmgr from where it lies'));
  }
  return problems;
}

/**
 * Whether boot code holds the sector number of its file. Where in the code is not asked: the code of another version of
 * osdkit has it elsewhere.
 */
async function names(source: ByteSource, offset: number, length: number, sector: number): Promise<boolean> {
  if (offset + length > source.size) return false;
  const wanted = Buffer.alloc(4);
  wanted.writeUInt32LE(sector);
  return Buffer.from(await source.read(offset, length)).includes(wanted);
}
