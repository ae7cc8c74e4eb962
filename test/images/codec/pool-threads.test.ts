/** The threads of a pool: one that has ended gets no more work. */
import { expect, test } from 'vitest';
import type { BatchOrder } from '../../../images/codec/pool-batch.ts';
import { PoolThreads } from '../../../images/codec/pool-threads.ts';
import { literals } from './tokens.ts';
import { encodeXpress } from './xpress-writer.ts';

const text = 'decoded by a thread';
const bytes = encodeXpress(literals(text));
const order = (): BatchOrder => {
  const input = new SharedArrayBuffer(bytes.length);
  new Uint8Array(input).set(bytes);
  const output = new SharedArrayBuffer(text.length);
  return { input, output, inputSizes: [bytes.length], outputSizes: [text.length] };
};

test('a batch that comes after a thread has ended goes to another one', async () => {
  const threads = new PoolThreads({ direction: 'decode', compression: 'xpress', chunkSize: 32_768, engine: 'wasm' }, 1);
  try {
    // The thread throws in the middle of this one, and ends.
    const beyond = { ...order(), outputSizes: [text.length + 1] };
    await expect(threads.send(beyond)).rejects.toThrow(RangeError);
    const good = order();
    await expect(threads.send(good)).resolves.toEqual({ written: [text.length] });
    expect(Buffer.from(new Uint8Array(good.output)).toString()).toBe(text);
  } finally {
    await threads.end();
  }
});
