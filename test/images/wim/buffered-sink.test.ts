import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { memorySink, type ByteSink } from '../../../images/bytes/index.ts';
import { BufferedSink } from '../../../images/wim/buffered-sink.ts';

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A sink whose writes take effect late; it takes what the bytes are then. */
function slowSink() {
  const memory = memorySink();
  const seen = { writing: 0, most: 0, writeBacks: 0 };
  const sink: ByteSink = {
    async write(offset, bytes) {
      seen.most = Math.max(seen.most, ++seen.writing);
      await later();
      await memory.write(offset, bytes);
      seen.writing--;
    },
    truncate: (size) => memory.truncate(size),
    async writeBack() {
      await later();
      seen.writeBacks++;
    },
  };
  return { sink, memory, seen };
}

const noise = (seed: string, size: number): Buffer =>
  createHash('shake256', { outputLength: size }).update(seed).digest();

test('appended, skipped, patched and taken back in any order: what a plain array would hold', async () => {
  for (let seed = 0; seed < 12; seed++) {
    const choices = noise(`choices ${seed}`, 400);
    const { sink, memory, seen } = slowSink();
    const buffered = new BufferedSink(sink, 100);
    let expected = Buffer.alloc(100);
    for (let step = 0; step < 40; step++) {
      const choice = choices.readUInt8(step * 5) % 8;
      const size = choices.readUInt32LE(step * 5 + 1) % (step % 3 === 0 ? 3_000_000 : 70_000);
      if (choice < 4) {
        const bytes = noise(`${seed} ${step}`, size);
        await buffered.append(bytes);
        expected = Buffer.concat([expected, bytes]);
        bytes.fill(0); // ours again
      } else if (choice === 4) {
        await buffered.skip(size);
        expected = Buffer.concat([expected, Buffer.alloc(size)]);
      } else if (choice < 7) {
        const bytes = noise(`patch ${seed} ${step}`, Math.min(size, expected.length - 100));
        const at = 100 + (size % (expected.length - 100 - bytes.length + 1));
        await buffered.patch(at, bytes);
        bytes.copy(expected, at);
      } else {
        const end = Math.max(100, expected.length - size);
        buffered.rewind(end);
        expected = expected.subarray(0, end);
      }
      expect(buffered.end).toBe(expected.length);
    }
    await buffered.flush();
    await sink.truncate(buffered.end);
    expect(Buffer.from(memory.bytes()).equals(expected)).toBe(true);
    expect(seen.most).toBe(1);
  }
});

test('large outputs are written out on the way', async () => {
  const { sink, seen } = slowSink();
  const buffered = new BufferedSink(sink, 0);
  const bytes = new Uint8Array(1024 * 1024);
  for (let i = 0; i < 130; i++) await buffered.append(bytes);
  await buffered.flush();
  expect(seen.writeBacks).toBe(2);
});

test('a write that fails is told by the next calls; nothing is on its way when it has settled', async () => {
  const { sink, seen } = slowSink();
  const full: ByteSink = {
    ...sink,
    async write(offset, bytes) {
      await sink.write(offset, bytes);
      if (offset > 0) throw new Error('no space left');
    },
  };
  const buffered = new BufferedSink(full, 0);
  const append = async (): Promise<void> => {
    for (let i = 0; i < 8; i++) await buffered.append(new Uint8Array(1024 * 1024));
  };
  await expect(append()).rejects.toThrow('no space left');
  await buffered.settle();
  expect(seen.writing).toBe(0);
  await expect(buffered.flush()).rejects.toThrow('no space left');
});
