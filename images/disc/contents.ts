/**
 * Any image as others write it: which file systems lie in it, whole or in partitions. Nothing but descriptors, boot sectors
 * and tables is read; a view reads its folders when asked.
 */
import { FormatError } from '../../src/core/index.ts';
import { sliceSource, viewOf, type ByteSource } from '../bytes/index.ts';
import { openFat } from '../fat/index.ts';
import { isoCode, openIso, type BootEntry } from '../iso9660/index.ts';
import { readPartitionTable, type PartitionTable } from '../partition/index.ts';
import type { DirectoryNode } from '../tree/index.ts';
import { openUdf, udfCode } from '../udf/index.ts';
import type { ImageContents, ImageView, UnreadPart } from './types.ts';

const SECTOR = 512;
/** A GPT of 1 MiB holds 8192 entries; real media have fewer than ten. */
const maxPartitions = 128;
/** What a reader throws when its format is not there at all. */
const absent: readonly string[] = [isoCode.ISO_NOT_ISO, udfCode.UDF_NOT_UDF];

interface Finder {
  readonly views: ImageView[];
  readonly unread: UnreadPart[];
}

/** The part of the image that is looked at: all of it, or a partition. */
interface Place {
  readonly source: ByteSource;
  readonly offset: number;
  readonly partition: number | undefined;
}

/**
 * Finds UDF, ISO 9660 with Rock Ridge and Joliet, and FAT in an image and in its partitions. Views come in the order in which they show
 * most: UDF, Rock Ridge, Joliet, ISO 9660, then what lies in partitions. What is there and cannot be read is told in `unread`; an image
 * in which nothing is found has neither views nor partitions.
 */
export async function openContents(source: ByteSource): Promise<ImageContents> {
  const finder: Finder = { views: [], unread: [] };
  const whole: Place = { source, offset: 0, partition: undefined };
  await findUdf(finder, whole);
  const boot = await findIso(finder, whole);
  const table = (await attempt(finder, 'partition table', () => readPartitionTable(source))) ?? noTable;
  if (table.kind === 'none') await findFat(finder, whole);
  for (const [index, { firstSector, sectors }] of partitionsOf(table).slice(0, maxPartitions).entries()) {
    const offset = firstSector * SECTOR;
    const size = Math.min(sectors * SECTOR, source.size - offset);
    // A partition from sector 0 on is the hybrid's whole image once more.
    if (offset === 0 || size < SECTOR) continue;
    const place = { source: sliceSource(source, offset, size), offset, partition: index + 1 };
    await findFat(finder, place);
    await findUdf(finder, place);
  }
  return { source, table, boot, ...finder };
}

const noTable: PartitionTable = { kind: 'none', problems: [] };

/** Partitions of a table of any kind. */
function partitionsOf(table: PartitionTable): readonly { readonly firstSector: number; readonly sectors: number }[] {
  return table.kind === 'none' ? [] : table.partitions;
}

async function findUdf(finder: Finder, place: Place): Promise<void> {
  const volume = await attempt(finder, titleOf('UDF', place), () => openUdf(place.source));
  if (!volume) return;
  const { label, revision, blockSize, partition } = volume;
  const format = `UDF ${revision >> 8}.${(revision & 0xff).toString(16).padStart(2, '0')}`;
  const size = Math.min(place.source.size, (partition.start + partition.length) * blockSize);
  add(finder, place, { name: 'udf', format, label, size, read: () => volume.read() });
}

/** A view in which everything is shown. */
function plain(volume: { tree(): Promise<DirectoryNode> }): ImageView['read'] {
  return async () => ({ root: await volume.tree(), skipped: [] });
}

async function findIso(finder: Finder, place: Place): Promise<readonly BootEntry[]> {
  const disc = await attempt(finder, titleOf('ISO 9660', place), () => openIso(place.source));
  if (!disc) return [];
  const { primary, rockRidge, joliet } = disc;
  for (const [name, format, volume] of [
    ['rock-ridge', 'Rock Ridge', rockRidge],
    ['joliet', 'Joliet', joliet],
    ['iso', 'ISO 9660', primary],
  ] as const) {
    if (!volume) continue;
    const { label, volumeBlocks } = volume;
    add(finder, place, { name, format, label, size: volumeBlocks * 2048, read: () => volume.read() });
  }
  return disc.bootCatalog?.entries ?? [];
}

async function findFat(finder: Finder, place: Place): Promise<void> {
  if (place.source.size < SECTOR) return;
  const sector = await place.source.read(0, SECTOR);
  if (!looksLikeVolume(sector)) return;
  const volume = await attempt(finder, titleOf('FAT', place), () => openFat(place.source));
  if (!volume) return;
  const { label, type, size } = volume;
  add(finder, place, { name: 'fat', format: `FAT${type}`, label, size, read: plain(volume) });
}

/** The jump, signature and sector size of FAT and NTFS, or the name of exFAT: what the reader then judges or refuses by name. */
function looksLikeVolume(sector: Uint8Array): boolean {
  if (sector[510] !== 0x55 || sector[511] !== 0xaa || (sector[0] !== 0xeb && sector[0] !== 0xe9)) return false;
  const name = Buffer.from(sector.subarray(3, 11)).toString('latin1');
  return name === 'EXFAT   ' || [512, 1024, 2048, 4096].includes(viewOf(sector).getUint16(11, true));
}

function add(finder: Finder, { offset, partition }: Place, view: Omit<ImageView, 'offset' | 'partition'>): void {
  finder.views.push({ ...view, name: `${view.name}${partition ?? ''}`, offset, partition });
}

function titleOf(format: string, { partition }: Place): string {
  return partition === undefined ? format : `${format} in partition ${partition}`;
}

/** Runs a reader; what breaks its format is told, so that one damaged view does not hide the others. */
async function attempt<T>({ unread }: Finder, what: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (!absent.includes(error.code)) unread.push({ what, error });
    return undefined;
  }
}
