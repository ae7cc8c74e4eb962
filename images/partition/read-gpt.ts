/** Reads a GPT: primary, else backup; says what is wrong with the other. */
import { FormatError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { crc32, decodeUtf16le, formatGuid, type ByteSource } from '../bytes/index.ts';
import { checkStretches, error, warning } from './check.ts';
import { partitionCode } from './codes.ts';
import { GPT_MAGIC, GPT_REVISION, gptEntry, gptHeader, SECTOR, type GptHeader } from './layout.ts';
import type { GptPartition, GptTable, PartitionProblem } from './types.ts';

/** Real tables have 128 entries in 16 KiB, some tools write 248; more than this is damage. */
const MAX_TABLE_SIZE = 1024 * 1024;

interface FoundTable {
  readonly header: GptHeader;
  readonly entries: Uint8Array;
}

/**
 * The GPT of a medium, or only the problems when neither header is usable. Throws UnsupportedFeatureError
 * (`PARTITION_SECTOR_SIZE`) for a table made for 4096-byte sectors.
 */
export async function readGpt(source: ByteSource): Promise<GptTable | readonly PartitionProblem[]> {
  const last = Math.floor(source.size / SECTOR) - 1;
  const primary = await readTable(source, 1);
  if (typeof primary === 'string') {
    await refuse4096(source);
    const backup = await readTable(source, last);
    const problem = error(partitionCode.PARTITION_GPT_HEADER, `primary GPT: ${primary}`);
    if (typeof backup !== 'string') return tableOf(backup, 'backup', last, [problem]);
    return [problem, error(partitionCode.PARTITION_GPT_BACKUP, `backup GPT: ${backup}`)];
  }
  return tableOf(primary, 'primary', last, await checkBackup(source, primary, last));
}

async function checkBackup(source: ByteSource, primary: FoundTable, last: number): Promise<PartitionProblem[]> {
  const problems: PartitionProblem[] = [];
  const place = primary.header.otherSector;
  const bad = (why: string): void =>
    void problems.push(warning(partitionCode.PARTITION_GPT_BACKUP, `backup GPT: ${why}`));
  if (place !== last) bad(`it belongs to sector ${place}, the medium ends with sector ${last}`);
  const backup = await readTable(source, place);
  if (typeof backup === 'string') bad(backup);
  else if (
    Buffer.compare(backup.header.diskGuid, primary.header.diskGuid) !== 0 ||
    backup.header.entriesCrc !== primary.header.entriesCrc
  ) {
    bad('it differs from the primary table');
  }
  return problems;
}

/** Header and entries at a sector, or why they cannot be used. */
async function readTable(source: ByteSource, sector: number): Promise<FoundTable | string> {
  if (sector < 1 || (sector + 1) * SECTOR > source.size) return `sector ${sector} lies outside the medium`;
  const bytes = await source.read(sector * SECTOR, SECTOR);
  const header = decodeHeader(bytes);
  if (typeof header === 'string') return `header in sector ${sector}: ${header}`;
  if (header.thisSector !== sector) return `header in sector ${sector}: it says that it is in ${header.thisSector}`;
  const size = header.entryCount * header.entrySize;
  const offset = header.entriesSector * SECTOR;
  if (size > MAX_TABLE_SIZE || offset + size > source.size) {
    return `header in sector ${sector}: ${header.entryCount} entries from sector ${header.entriesSector} cannot be`;
  }
  const entries = await source.read(offset, size);
  const crc = crc32(entries);
  if (crc !== header.entriesCrc) {
    return `entries in sector ${header.entriesSector}: their CRC-32 is ${crc.toString(16)}, the header says ${header.entriesCrc.toString(16)}`;
  }
  return { header, entries };
}

function decodeHeader(bytes: Uint8Array): GptHeader | string {
  let header: GptHeader;
  try {
    header = gptHeader.decode(bytes);
  } catch (problem) {
    if (problem instanceof FormatError) return problem.message;
    throw problem;
  }
  if (header.magic !== GPT_MAGIC) return 'it does not begin with "EFI PART"';
  if (header.headerSize < gptHeader.size || header.headerSize > SECTOR) return `its size is ${header.headerSize}`;
  const covered = bytes.slice(0, header.headerSize);
  covered.fill(0, 16, 20);
  const crc = crc32(covered);
  if (crc !== header.headerCrc) return `its CRC-32 is ${crc.toString(16)}, it says ${header.headerCrc.toString(16)}`;
  if (header.revision !== GPT_REVISION) return `its revision is ${header.revision.toString(16)}, must be 10000`;
  const { entrySize } = header;
  if (entrySize < gptEntry.size || !Number.isInteger(Math.log2(entrySize)))
    return `its entries have ${entrySize} bytes`;
  return header;
}

function tableOf(
  { header, entries }: FoundTable,
  from: 'primary' | 'backup',
  last: number,
  problems: readonly PartitionProblem[],
): GptTable {
  const partitions: GptPartition[] = [];
  for (let offset = 0; offset + header.entrySize <= entries.length; offset += header.entrySize) {
    if (entries.subarray(offset, offset + 16).every((byte) => byte === 0)) continue;
    const entry = gptEntry.decode(entries, offset);
    partitions.push({
      type: formatGuid(entry.type),
      id: formatGuid(entry.id),
      firstSector: entry.first,
      sectors: Math.max(0, entry.last - entry.first + 1),
      name: decodeUtf16le(entry.name).replace(/\0.*$/su, ''),
      attributes: entry.attributes,
    });
  }
  const end = Math.min(header.lastUsable, last) + 1;
  return {
    kind: 'gpt',
    diskGuid: formatGuid(header.diskGuid),
    firstUsable: header.firstUsable,
    lastUsable: header.lastUsable,
    from,
    partitions,
    problems: [...problems, ...checkStretches(partitions, 'GPT partition', header.firstUsable, end)],
  };
}

async function refuse4096(source: ByteSource): Promise<void> {
  if (source.size < 4096 + SECTOR) return;
  const header = decodeHeader(await source.read(4096, SECTOR));
  if (typeof header === 'string') return;
  throw new UnsupportedFeatureError(
    partitionCode.PARTITION_SECTOR_SIZE,
    'GPT header at 0x1000: the table was made for sectors of 4096 bytes, only 512 can be read',
    { details: { format: 'GPT', offset: 4096 } },
  );
}
