/** Mutations of ISO 9660, Joliet, El Torito, UDF, FAT, partition tables and whole discs. */
import { crc16, crc32, memorySource } from '../../../images/bytes/index.ts';
import { checkDisc, openDisc } from '../../../images/disc/index.ts';
import { openFat } from '../../../images/fat/index.ts';
import { decodeBootCatalog, openIso } from '../../../images/iso9660/index.ts';
import { readPartitionTable } from '../../../images/partition/index.ts';
import { openUdf } from '../../../images/udf/index.ts';
import type { Parser } from '../parser.ts';
import { walk } from './walk.ts';

const BLOCK = 2048;
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Whether a UDF descriptor tag with the right sums starts at `at`. */
function hasTag(bytes: Uint8Array, at: number): boolean {
  if (at + 16 > bytes.length || (bytes[at] === 0 && bytes[at + 1] === 0)) return false;
  const length = viewOf(bytes).getUint16(at + 10, true);
  if (at + 16 + length > bytes.length) return false;
  let sum = 0;
  for (let i = 0; i < 16; i++) if (i !== 4) sum += bytes[at + i] as number;
  if ((sum & 0xff) !== bytes[at + 4]) return false;
  return crc16(bytes.subarray(at + 16, at + 16 + length)) === viewOf(bytes).getUint16(at + 8, true);
}

/** Tags at every fourth byte: file identifiers start there. */
function udfRepair(pristine: Uint8Array) {
  const tags: number[] = [];
  for (let at = 0; at + 16 <= pristine.length; at += 4) if (hasTag(pristine, at)) tags.push(at);
  return function* (bytes: Uint8Array) {
    for (const at of tags) {
      if (at + 16 > bytes.length || hasTag(bytes, at)) continue;
      const tag = Buffer.from(bytes.subarray(at, at + 16));
      const end = at + 16 + tag.readUInt16LE(10);
      if (end > bytes.length) continue;
      tag.writeUInt16LE(crc16(bytes.subarray(at + 16, end)), 8);
      tag[4] = 0;
      tag[4] = tag.reduce((sum, byte) => sum + byte, 0) & 0xff;
      yield { at, bytes: tag };
    }
  };
}

/** CRCs of both headers and of the entries they name (UEFI 5.3). */
const gptRepair = () =>
  function* (bytes: Uint8Array) {
    const view = viewOf(bytes);
    for (const at of [512, bytes.length - 512]) {
      if (at < 512 || at + 512 > bytes.length) continue;
      const entries = Number(view.getBigUint64(at + 72, true)) * 512;
      const size = view.getUint32(at + 80, true) * view.getUint32(at + 84, true);
      const header = Buffer.from(bytes.subarray(at, at + Math.min(512, view.getUint32(at + 12, true))));
      if (header.length < 92) continue;
      if (entries + size <= bytes.length) header.writeUInt32LE(crc32(bytes.subarray(entries, entries + size)), 88);
      header.writeUInt32LE(0, 16);
      header.writeUInt32LE(crc32(header), 16);
      yield { at, bytes: header };
    }
  };

const catalogRepair = () =>
  function* (bytes: Uint8Array) {
    if (bytes.length < 32) return;
    const entry = Buffer.from(bytes.subarray(0, 32));
    entry.writeUInt16LE(0, 28);
    let sum = 0;
    for (let i = 0; i < 32; i += 2) sum += entry.readUInt16LE(i);
    entry.writeUInt16LE((0x10000 - (sum & 0xffff)) & 0xffff, 28);
    yield { at: 0, bytes: entry };
  };

async function fat(bytes: Uint8Array): Promise<void> {
  const volume = await openFat(memorySource(bytes, 'mutated'));
  await walk(await volume.tree());
  await volume.placement();
  await volume.warnings();
  if ((await volume.freeClusters()) > volume.clusterCount) throw new Error('more free clusters than there are');
}

async function partitions(bytes: Uint8Array): Promise<void> {
  await readPartitionTable(memorySource(bytes, 'mutated'));
}

export const fileSystemParsers: readonly Parser[] = [
  {
    name: 'iso9660',
    async exercise(bytes) {
      await walk(await (await openIso(memorySource(bytes, 'mutated'))).primary.tree());
    },
  },
  {
    name: 'joliet',
    async exercise(bytes) {
      const { joliet } = await openIso(memorySource(bytes, 'mutated'));
      if (joliet) await walk(await joliet.tree());
    },
  },
  {
    name: 'el-torito',
    repair: catalogRepair,
    exercise(bytes) {
      // The reader hands it a block of the disc, which always has this size.
      const block = new Uint8Array(BLOCK);
      block.set(bytes.subarray(0, BLOCK));
      decodeBootCatalog(block, 20);
    },
  },
  {
    name: 'udf',
    repair: udfRepair,
    async exercise(bytes) {
      await walk(await (await openUdf(memorySource(bytes, 'mutated'))).tree());
    },
  },
  ...['fat12', 'fat16', 'fat32'].map((name): Parser => ({ name, exercise: fat })),
  { name: 'mbr', exercise: partitions },
  { name: 'gpt', exercise: partitions, repair: gptRepair },
  {
    name: 'disc',
    repair: udfRepair,
    async exercise(bytes) {
      const disc = await openDisc(memorySource(bytes, 'mutated'));
      checkDisc(disc);
      await walk(disc.udf.root);
    },
  },
];
