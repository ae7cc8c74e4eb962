/** Opens an image with our own readers and compares its four views. */
import { FormatError, type Problem } from '../../src/core/index.ts';
import { sliceSource, sourceName, type ByteSource } from '../bytes/index.ts';
import { openFat, type FatVolume } from '../fat/index.ts';
import { openIso, type BootEntry, type IsoDisc } from '../iso9660/index.ts';
import { partitionType, readPartitionTable, type PartitionTable } from '../partition/index.ts';
import { nameKey, type DirectoryNode, type ListedFile } from '../tree/index.ts';
import { openUdf, udfCode, type UdfVolume } from '../udf/index.ts';
import { bootPaths, checkBoot, type FindFile } from './check-boot.ts';
import { discCode } from './codes.ts';
import { compareViews, shownIsoNames, type View } from './compare-views.ts';
import { isFatSize } from './fits-fat.ts';
import type { Disc, DiscBoot, DiscViews } from './types.ts';

const BLOCK = 2048;
const SECTOR = 512;
/** MBR types of FAT volumes: 16-bit, 32-bit, both with and without LBA, and EFI. */
const fatTypes: readonly number[] = [0x04, 0x06, 0x0b, 0x0c, 0x0e, 0xef];

/**
 * Opens an image, compares its views and reads all files of UDF. Throws FormatError: `DISC_NOT_A_DISC` without ISO 9660 and UDF, and
 * what the UDF reader throws; a view that cannot be read, or differs, is told in `problems`.
 */
export async function openDisc(source: ByteSource): Promise<Disc> {
  const views = await compareDisc(source);
  return { ...views, udf: { ...views.udf, root: await views.udf.tree() } };
}

/** The same, without keeping what it read: for images of 100,000 files of which only the verdict is wanted. Throws as `openDisc`. */
export async function compareDisc(source: ByteSource): Promise<DiscViews> {
  const problems: Problem[] = [];
  const iso = await attempt('ISO 9660', problems, () => openIso(source));
  const size = Math.min(source.size, iso ? iso.primary.volumeBlocks * BLOCK : source.size);
  const image = size < source.size ? sliceSource(source, 0, size) : source;
  const udf = await openUdfOrSay(image, iso);
  const table = await readPartitionTable(image);
  const fat = await attempt('FAT', problems, () => openPartition(image, table));
  const boot: DiscBoot[] = [];
  for (const entry of iso?.bootCatalog?.entries ?? []) {
    boot.push({ entry, root: await attempt('El Torito volume', problems, () => openBootVolume(image, entry)) });
  }
  const wanted = new Set(bootPaths(boot).map(nameKey));
  const found = new Map<string, ListedFile>();
  const compared = await compareViews(await udf.listed(), viewsOf(iso, fat), (path, file) => {
    if (wanted.has(nameKey(path))) found.set(nameKey(path), file);
  });
  for (const { view, problems: differences, error } of compared) {
    if (error) problems.push(unreadable(view.title, error));
    else problems.push(...differences);
    if (view.title === 'FAT' && fat && !error) {
      problems.push(...((await attempt('FAT', problems, () => fatWarnings(fat.volume))) ?? []));
    }
  }
  const find: FindFile = (path) => found.get(nameKey(path));
  problems.push(...((await attempt('boot entries', problems, () => checkBoot(image, find, boot, fat?.offset))) ?? []));
  return { source, size, table, udf, iso, fat, boot, problems };
}

/** The views beside UDF that are there. */
function viewsOf(iso: IsoDisc | undefined, fat: OpenedFat | undefined): View[] {
  const views: View[] = [];
  if (iso) views.push({ title: 'ISO 9660', root: iso.primary.listed(), offset: 0, namesOf: shownIsoNames });
  if (iso?.joliet) views.push({ title: 'Joliet', root: iso.joliet.listed(), offset: 0 });
  if (fat) {
    const { volume, offset } = fat;
    views.push({ title: 'FAT', root: volume.listed(), offset, shows: (file) => isFatSize(file.size) });
  }
  return views;
}

async function fatWarnings(volume: FatVolume): Promise<Problem[]> {
  const warnings = await volume.warnings();
  return warnings.map((message) => ({ code: discCode.DISC_FAT, severity: 'warning', message: `FAT: ${message}` }));
}

/** Runs a part; what breaks the format becomes a problem, so that one damaged view does not hide the others. */
async function attempt<T>(title: string, problems: Problem[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    problems.push(unreadable(title, error));
    return undefined;
  }
}

function unreadable(title: string, { message }: FormatError): Problem {
  return { code: discCode.DISC_VIEW_MISSING, severity: 'error', message: `${title}: ${message}` };
}

async function openUdfOrSay(image: ByteSource, iso: IsoDisc | undefined): Promise<UdfVolume> {
  try {
    return await openUdf(image, { blockSize: BLOCK });
  } catch (error) {
    if (iso || !(error instanceof FormatError) || error.code !== udfCode.UDF_NOT_UDF) throw error;
    throw new FormatError(discCode.DISC_NOT_A_DISC, `${sourceName(image)}: neither ISO 9660 nor UDF is found in it`, {
      hint: 'Check what the file is; an image that ends early was not copied whole.',
      cause: error,
    });
  }
}

type OpenedFat = { readonly volume: FatVolume; readonly offset: number };

/** The FAT volume of the first partition that can hold one. */
async function openPartition(image: ByteSource, table: PartitionTable): Promise<OpenedFat | undefined> {
  const types: readonly string[] = [partitionType.basicData, partitionType.efiSystem];
  const partition =
    table.kind === 'mbr'
      ? table.partitions.find(({ type }) => fatTypes.includes(type))
      : table.kind === 'gpt'
        ? table.partitions.find(({ type }) => types.includes(type))
        : undefined;
  if (!partition) return undefined;
  const offset = partition.firstSector * SECTOR;
  return { volume: await openFat(sliceSource(image, offset, partition.sectors * SECTOR)), offset };
}

/** The files of an EFI boot image; a count of 0 or 1 reaches to the end of the disc (boot-standards 4.5). */
async function openBootVolume(image: ByteSource, entry: BootEntry): Promise<DirectoryNode | undefined> {
  if (entry.platform === 0) return undefined;
  const offset = entry.block * BLOCK;
  const length = entry.sectors < 2 ? Math.max(0, image.size - offset) : entry.sectors * SECTOR;
  const volume = await openFat(sliceSource(image, offset, length));
  return volume.tree();
}
