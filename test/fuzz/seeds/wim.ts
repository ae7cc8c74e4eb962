/** Seeds of WIM files, of our writer and of wimlib in both compressions. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wimHeader, type ResourceHeader } from '../../../images/wim/index.ts';
import { sampleImage, wimBytes } from '../../images/wim/make-wim.ts';
import { run } from '../../support/run.ts';
import type { NewSeed } from './seed-set.ts';

const range = ({ offset, storedSize }: ResourceHeader) => ({ offset, length: storedSize });

/** The hash of the metadata in the blob table, the last entry here, as zeros: then nobody compares it (wimboot's WIMs). */
function withoutMetadataHash(wim: Uint8Array): Uint8Array {
  const bytes = wim.slice();
  const { blobTable } = wimHeader.decode(bytes);
  const end = blobTable.offset + blobTable.size;
  bytes.fill(0, end - 20, end);
  return bytes;
}

function partsOf(name: string, bytes: Uint8Array): NewSeed[] {
  const header = wimHeader.decode(bytes);
  const tables = [{ offset: 0, length: 208 }, range(header.blobTable), range(header.integrityTable)];
  return [
    { parser: 'wim', name, bytes },
    { parser: 'wim-xml', name, bytes, ranges: [range(header.xmlData)] },
    { parser: 'wim-tables', name, bytes, ranges: tables.filter(({ length }) => length > 0) },
  ];
}

export async function wimSeeds(scratch: string, tree: string): Promise<NewSeed[]> {
  const own = await wimBytes([sampleImage(), sampleImage()], { integrity: true });
  const single = withoutMetadataHash(await wimBytes([sampleImage()]));
  const seeds = [...partsOf('own', own)];
  const { bootMetadata } = wimHeader.decode(single);
  seeds.push({ parser: 'wim-metadata', name: 'own', bytes: single, ranges: [range(bootMetadata)] });
  for (const compression of ['LZX', 'XPRESS']) {
    const file = join(scratch, `${compression}.wim`);
    const args = ['capture', tree, file, `--compress=${compression}`, '--no-acls', '--check'];
    await run('wimlib-imagex', args);
    seeds.push(...partsOf(`wimlib-${compression}`, readFileSync(file)));
  }
  const plain = join(scratch, 'none.wim');
  await run('wimlib-imagex', ['capture', tree, plain, '--compress=none', '--no-acls', '--unix-data']);
  const bytes = readFileSync(plain);
  const metadata = metadataOf(bytes);
  if (metadata) {
    const open = Uint8Array.from(bytes);
    open.fill(0, metadata.hashAt, metadata.hashAt + 20);
    seeds.push({ parser: 'wim-metadata', name: 'wimlib', bytes: open, ranges: [metadata] });
  }
  return seeds;
}

/** The metadata resource of a plain WIM by its blob table: flag 2 (image-formats D.2). */
function metadataOf(wim: Buffer): { offset: number; length: number; hashAt: number } | undefined {
  const { blobTable } = wimHeader.decode(wim);
  for (let at = blobTable.offset; at + 50 <= blobTable.offset + blobTable.size; at += 50) {
    if ((wim.readUInt8(at + 7) & 2) === 0) continue;
    return { offset: Number(wim.readBigUInt64LE(at + 8)), length: wim.readUIntLE(at, 6), hashAt: at + 30 };
  }
  return undefined;
}
