/** What is odd about a readable volume: things that other software may stumble over. */
import { viewOf, type ByteSource } from '../bytes/index.ts';
import { ChainReader } from './chains.ts';
import type { FatShape } from './check.ts';
import { FS_INFO_LEAD, FS_INFO_STRUCTURE, fsInfo, SECTOR } from './layout.ts';

const CHUNK = 1024 * 1024;

/** One sentence for each oddity. Reads all FATs. */
export async function collectWarnings(source: ByteSource, shape: FatShape): Promise<string[]> {
  const warnings: string[] = [];
  if (shape.tooFewForFat32) {
    warnings.push(`FAT32 with ${shape.clusterCount} clusters, fewer than 65525: mtools and UEFI firmware refuse it.`);
  }
  const bootSector = await source.read(0, SECTOR);
  if (holdsPartitionEntry(bootSector, shape.size)) {
    warnings.push(
      "The boot sector holds a partition entry at 0x1be: firmware stacks a partition on it, and Microsoft's boot manager fails.",
    );
  }
  const [first, ...others] = shape.fatCopies;
  for (const other of others) {
    if (first !== undefined && !(await equalRanges(source, first, other, shape.fatSize))) {
      warnings.push('The copies of the FAT differ: the volume was not closed properly, or is damaged.');
    }
  }
  warnings.push(...(await fat32Warnings(source, shape, bootSector)));
  if (shape.type !== 12) {
    const flags = await new ChainReader(source, shape).entry(1);
    const [clean, noErrors] = shape.type === 32 ? [0x0800_0000, 0x0400_0000] : [0x8000, 0x4000];
    if ((flags & clean) === 0) warnings.push('The volume is marked as not closed properly.');
    if ((flags & noErrors) === 0) warnings.push('The volume is marked as having had disk errors.');
  }
  return warnings;
}

/** Status 00 or 80, a type, and a stretch inside the volume: what firmware takes for a partition entry (boot-chain 5.1). */
function holdsPartitionEntry(sector: Uint8Array, size: number): boolean {
  const view = viewOf(sector);
  return [446, 462, 478, 494].some((at) => {
    const [status, type] = [view.getUint8(at), view.getUint8(at + 4)];
    const [start, sectors] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    return (status === 0 || status === 0x80) && type !== 0 && sectors > 0 && (start + sectors) * SECTOR <= size;
  });
}

async function fat32Warnings(source: ByteSource, shape: FatShape, bootSector: Uint8Array): Promise<string[]> {
  const warnings: string[] = [];
  if (shape.type !== 32) return warnings;
  if (shape.backupOffset === undefined) warnings.push('There is no copy of the boot sector.');
  else if (!same(bootSector, await source.read(shape.backupOffset, SECTOR))) {
    warnings.push('The copy of the boot sector differs from it.');
  }
  if (shape.fsInfoOffset === undefined) return warnings;
  const info = fsInfo.decode(await source.read(shape.fsInfoOffset, SECTOR));
  if (info.lead !== FS_INFO_LEAD || info.structure !== FS_INFO_STRUCTURE) {
    warnings.push('The FSInfo sector lacks its signatures.');
  } else if (info.freeClusters !== 0xffff_ffff) {
    const free = await new ChainReader(source, shape).freeClusters();
    if (free !== info.freeClusters) warnings.push(`FSInfo says ${info.freeClusters} free clusters, there are ${free}.`);
  }
  return warnings;
}

async function equalRanges(source: ByteSource, a: number, b: number, length: number): Promise<boolean> {
  for (let done = 0; done < length; done += CHUNK) {
    const count = Math.min(CHUNK, length - done);
    if (!same(await source.read(a + done, count), await source.read(b + done, count))) return false;
  }
  return true;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
