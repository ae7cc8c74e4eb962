/** A capture from standard input, as the use case sees it: terminals, errors of the system, and that it lets go of it. */
import { describe, expect, test } from 'vitest';
import { pxeDoctor, type StandardInput } from '../../../../src/app/index.ts';
import { operationContext } from '../../../../src/core/index.ts';
import { BOOT, CLIENT, toLoader } from '../../../pxe/doctor/scene.ts';
import { pcapFile, udpFrame } from '../../../support/capture-file.ts';

const boot = toLoader().file('\\boot.wim', 9000).pcap();

function inputOf(chunks: () => AsyncIterable<Uint8Array>, terminal = false): StandardInput & { closed: number } {
  const input = { terminal, chunks, closed: 0, close: () => void input.closed++ };
  return input;
}

const run = (input: StandardInput, signal?: AbortSignal) =>
  pxeDoctor.run(
    pxeDoctor.input.parse({ pcap: '-' }),
    { version: '0', workers: 0, input },
    operationContext(signal === undefined ? {} : { signal }),
  );

async function* pieces(size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < boot.length; at += size) yield boot.subarray(at, at + size);
}

describe('standard input', () => {
  test.each([1, 37, 1 << 20])('in pieces of %i bytes: explained, and let go', async (size) => {
    const input = inputOf(() => pieces(size));
    const result = await run(input);
    expect(result).toMatchObject({ kind: 'pcap', file: '-' });
    const { exchanges } = 'explanation' in result ? result.explanation : { exchanges: [] };
    expect(exchanges.map(({ outcome }) => outcome)).toEqual([expect.stringContaining('was read in full')]);
    expect(input.closed).toBe(1);
  });

  test('pieces in one buffer that is used again do not mix packets up', async () => {
    async function* reused(): AsyncGenerator<Uint8Array> {
      const buffer = new Uint8Array(1000);
      for await (const piece of pieces(1000)) {
        buffer.set(piece);
        yield buffer.subarray(0, piece.length);
      }
    }
    const again = await run(inputOf(() => reused()));
    const whole = await run(inputOf(() => pieces(boot.length)));
    const told = (result: typeof again) =>
      'explanation' in result ? result.explanation.exchanges.map(({ lines, findings }) => ({ lines, findings })) : [];
    expect(told(again)).toEqual(told(whole));
  });

  test('memory does not grow with what comes: 600 MB of packets', async () => {
    const packet = udpFrame({ address: CLIENT, port: 2000 }, { address: BOOT, port: 2001 }, new Uint8Array(65_000));
    const [header, record] = [pcapFile([]), pcapFile([{ time: [1, 0], bytes: packet }]).subarray(24)];
    let largest = 0;
    const input = inputOf(async function* () {
      yield header;
      for (let sent = 0; sent < 600e6; sent += record.length * 16) {
        yield Uint8Array.from(Buffer.concat(Array.from({ length: 16 }, () => record)));
        largest = Math.max(largest, process.memoryUsage().arrayBuffers);
      }
    });
    const before = process.memoryUsage().arrayBuffers;
    const result = await run(input);
    expect(result).toMatchObject({ explanation: { packets: expect.any(Number) } });
    expect(largest - before).toBeLessThan(300e6);
  }, 30_000);

  test('a terminal holds no capture', async () => {
    const input = inputOf(() => pieces(9), true);
    await expect(run(input)).rejects.toMatchObject({
      code: 'PXE_NO_CAPTURE',
      hint: expect.stringContaining('| osdkit pxe doctor --pcap -'),
    });
  });

  test('an error of the system is told as such', async () => {
    const input = inputOf(async function* () {
      yield boot.subarray(0, 100);
      throw Object.assign(new Error('read EIO'), { code: 'EIO' });
    });
    await expect(run(input)).rejects.toMatchObject({ code: 'CORE_IO' });
    expect(input.closed).toBe(1);
  });

  test('nothing that comes and an end from outside: nothing to explain, no error', async () => {
    const stop = new AbortController();
    const input = inputOf(async function* () {
      stop.abort();
      await new Promise(() => undefined);
      yield boot;
    });
    const result = await run(input, stop.signal);
    expect(result).toMatchObject({ explanation: { packets: 0, exchanges: [] } });
    expect(input.closed).toBe(1);
  });
});
