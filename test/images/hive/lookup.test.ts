/** The cost of one lookup in a hive as large as Windows' largest: no copy, no index, a fraction of a second. */
import { expect, test } from 'vitest';
import { newValue, parseHive, writeHive } from '../../../images/hive/index.ts';
import { patched } from './hive-surgery.ts';

const size = 66 * 1024 * 1024;

/** 20,000 keys below one, and hbins of 4 KiB, each a free cell, up to the size. */
function largeHive(): Uint8Array {
  const keys = Array.from({ length: 20_000 }, (_, i) => ({ name: `{Class ${i}}`, values: [newValue.dword('n', i)] }));
  const written = writeHive({ name: 'root', subkeys: [{ name: 'Classes', subkeys: keys }] }, { minorVersion: 5 });
  const hive = Buffer.alloc(size);
  hive.set(written);
  for (let at = written.length; at < size; at += 4096) {
    hive.write('hbin', at, 'latin1');
    hive.writeUInt32LE(at - 4096, at + 4);
    hive.writeUInt32LE(4096, at + 8);
    hive.writeInt32LE(4096 - 32, at + 32);
  }
  return patched(hive, (bytes) => bytes.writeUInt32LE(size - 4096, 40));
}

test('66 MiB: opened and one value found in less than a second, with little memory over the bytes', () => {
  const hive = largeHive();
  const before = process.memoryUsage();
  const started = process.cpuUsage();
  const found = parseHive(hive).root.find('classes\\{CLASS 19999}')?.value('n')?.asDword();
  const { user, system } = process.cpuUsage(started);
  const after = process.memoryUsage();
  expect(found).toBe(19_999);
  expect(user + system).toBeLessThan(1_000_000); // µs
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(1024 * 1024);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(48 * 1024 * 1024);
});
