/** Opens an image with our own readers and compares its four views. */
import { FormatError, type Problem } from '../../src/core/index.ts';
import { sliceSource, sourceName, type ByteSource } from '../bytes/index.ts';
import { openFat, type FatVolume } from '../fat/index.ts';
import { openIso, type BootEntry, type IsoDisc } from '../iso9660/index.ts';
import { partitionType, readPartitionTable, type PartitionTable } from '../partition/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import { openUdf, udfCode, type UdfVolume } from '../udf/index.ts';
import { checkBoot } from './check-boot.ts';
import { discCode } from './codes.ts';
import { compareView, shownIsoNames } from './compare-views.ts';
import { fitsFat } from './fits-fat.ts';
import type { Disc, DiscBoot } from './types.ts';

const BLOCK = 2048;
const SECTOR = 512;
/** MBR types of FAT volumes: 16-bit, 32-bit, both with and without LBA, and EFI. */
const fatTypes: readonly number[] = [0x04, 0x06, 0x0b, 0x0c, 0x0e, 0xef];

/**
 * Opens an image and reads all its directories. Throws FormatError: `DISC_NOT_A_DISC` without ISO 9660 and UDF, and what
 * the UDF reader throws; a view that cannot be read, or differs, is told in `problems`.
 */
export async function openDisc(source: ByteSource): Promise<Disc> {
  const problems: Problem[] = [];
  const iso = await attempt('ISO 9660', problems, () => openIso(source));
  const size = Math.min(source.size, iso ? iso.primary.volumeBlocks * BLOCK : source.size);
  const image = size < source.size ? sliceSource(source, 0, size) : source;
  const volume = await openUdfOrSay(image, iso);
  const root = await volume.tree();
  const table = await readPartitionTable(image);
  const fat = await attempt('FAT', problems, () => openPartition(image, table));
  const boot: DiscBoot[] = [];
  for (const entry of iso?.bootCatalog?.entries ?? []) {
    boot.push({ entry, root: await attempt('El Torito volume', problems, () => openBootVolume(image, entry)) });
  }
  for (const [title, compare] of [
    ['ISO 9660', () => compareIso(root, iso)],
    ['Joliet', () => compareJoliet(root, iso)],
    ['FAT', () => compareFat(root, fat)],
    ['boot entries', () => checkBoot(image, root, boot, fat?.offset)],
  ] as const) {
    problems.push(...((await attempt(title, problems, compare)) ?? []));
  }
  const udf = { ...volume, root };
  return { source, size, table, udf, iso, fat, boot, problems };
}

/** Runs a part; what breaks the format becomes a problem, so that one damaged view does not hide the others. */
async function attempt<T>(title: string, problems: Problem[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const message = `${title}: ${error.message}`;
    problems.push({ code: discCode.DISC_VIEW_MISSING, severity: 'error', message });
    return undefined;
  }
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

async function compareIso(udf: DirectoryNode, iso: IsoDisc | undefined): Promise<Problem[]> {
  if (!iso) return [];
  const root = iso.primary.listed();
  return compareView(udf, { title: 'ISO 9660', root, offset: 0, namesOf: shownIsoNames });
}

async function compareJoliet(udf: DirectoryNode, iso: IsoDisc | undefined): Promise<Problem[]> {
  if (!iso?.joliet) return [];
  return compareView(udf, { title: 'Joliet', root: iso.joliet.listed(), offset: 0 });
}

async function compareFat(udf: DirectoryNode, fat: OpenedFat | undefined): Promise<Problem[]> {
  if (!fat) return [];
  const warnings = (await fat.volume.warnings()).map(
    (message): Problem => ({ code: discCode.DISC_FAT, severity: 'warning', message: `FAT: ${message}` }),
  );
  const view = { title: 'FAT', root: fat.volume.listed(), offset: fat.offset, shows: fitsFat };
  return [...(await compareView(udf, view)), ...warnings];
}
