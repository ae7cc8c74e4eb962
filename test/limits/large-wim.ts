/**
 * The program that memory.tools.ts measures: makes a sparse WIM of more than 4 GiB, or changes one through the library.
 * `large-wim make FILE` or `large-wim update FILE`; prints JSON.
 */
import { open } from 'node:fs/promises';
import { argv, stdout } from 'node:process';
import { memorySource, openFile, readAll, zeroSource, type ByteSource } from '../../images/bytes/index.ts';
import { treeFromFiles } from '../../images/tree/index.ts';
import { applyInPlace, openWim, updateWim, writeWim } from '../../images/wim/index.ts';
import { countingSource } from '../images/wim/counting-source.ts';

const mebibyte = 1024 * 1024;
const largeSize = 4608 * mebibyte;
const created = Date.UTC(2026, 0, 1);

/** A sink on a file; what is zero is left as a hole. */
async function writeSparse(path: string, source: ByteSource): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(source.size);
  for (let at = 0; at < source.size; at += mebibyte) {
    const bytes = Buffer.from(await source.read(at, Math.min(mebibyte, source.size - at)));
    if (bytes.some((byte) => byte !== 0)) await file.write(bytes, 0, bytes.length, at);
  }
  await file.close();
}

async function make(path: string): Promise<object> {
  const tree = treeFromFiles([
    { path: 'Windows/large.bin', content: zeroSource(largeSize) },
    { path: 'Windows/old.txt', content: memorySource(Buffer.from('goes away')) },
    { path: 'Windows/kept.txt', content: memorySource(Buffer.from('stays')) },
  ]);
  const image = { tree, name: 'large', description: 'large' };
  const { source } = await writeWim([image], { bootIndex: 0, guid: '01234567-89ab-cdef-0123-456789abcdef', created });
  await writeSparse(path, source);
  return { size: source.size };
}

async function update(path: string): Promise<object> {
  await using file = await openFile(path);
  const counted = countingSource(file);
  const wim = await openWim(counted);
  const opened = { reads: counted.reads, bytes: counted.bytes };
  const changes = [
    { op: 'put' as const, path: 'osdkit/media.json', content: memorySource(Buffer.from('{"new": true}')) },
    { op: 'delete' as const, path: 'Windows/old.txt' },
  ];
  const updated = await updateWim(wim, { images: [{ index: 1, changes }], bootIndex: 1, modified: created });
  const handle = await open(path, 'r+');
  await applyInPlace(updated, {
    async write(offset, bytes) {
      await handle.write(bytes, 0, bytes.length, offset);
    },
    truncate: (size) => handle.truncate(size),
  });
  await handle.close();
  const total = { reads: counted.reads, bytes: counted.bytes };
  await using again = await openFile(path);
  const image = await (await openWim(again)).image(1);
  const textOf = async (name: string): Promise<string | null> => {
    const content = image.file(name);
    return content ? Buffer.from(await readAll(content)).toString() : null;
  };
  const names = ['osdkit/media.json', 'Windows/old.txt', 'Windows/kept.txt'];
  const texts = await Promise.all(names.map(textOf));
  return { opened, total, grown: again.size - file.size, texts, large: image.file('Windows/large.bin')?.size ?? null };
}

const [, , what, path = ''] = argv;
stdout.write(JSON.stringify(what === 'make' ? await make(path) : await update(path)));
