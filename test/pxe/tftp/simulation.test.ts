/** Files over bad networks: what arrives is equal, and it takes no more than the disturbances explain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../pxe/tftp/index.ts';
import { randomOf } from '../../fuzz/mutate.ts';
import { type ClientStyle, clientModel } from './client-model.ts';
import { type Network, simulate } from './simulation.ts';

const styles: readonly ClientStyle[] = ['rfc', 'edk2', 'bootmgr'];
const quiet: Network = { loss: 0, doubling: 0, delay: 0.25, gap: 0.012, overtaken: 0, late: 0 };

function fileOf(size: number, seed = 1): Uint8Array {
  const random = randomOf('file', seed);
  return Uint8Array.from({ length: size }, () => random(256));
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe('on a quiet network every block goes out once', () => {
  test.each(styles.flatMap((style) => [1, 2, 4, 16, 64].map((window) => ({ style, window }))))(
    '$style, window $window',
    ({ style, window }) => {
      for (const size of [0, 1, 511, 512, 513, 4 * 512, 64 * 512 - 1, 64 * 512, 100_000]) {
        const file = fileOf(size);
        const { received, transfer } = simulate(file, { style, window, blockSize: 512, rollover: 0 }, quiet, 1);
        expect(equal(received, file), `${size} bytes`).toBe(true);
        expect(transfer.outcome).toBe('delivered');
        const blocks = Math.floor(size / 512) + 1;
        expect(transfer.counts).toEqual({ blocks, repeated: 0, timeouts: 0, gaps: 0, ignored: 0 });
      }
    },
  );
});

test('on any network the file arrives equal, with effort that the disturbances explain', () => {
  let runs = 0;
  let neverBegun = 0;
  fc.assert(
    fc.property(
      fc.record({
        style: fc.constantFrom(...styles),
        window: fc.integer({ min: 1, max: 64 }),
        blockSize: fc.integer({ min: 8, max: 64 }),
        size: fc.integer({ min: 0, max: 6000 }),
        loss: fc.integer({ min: 0, max: 200_000 }),
        doubling: fc.integer({ min: 0, max: 200_000 }),
        delay: fc.double({ min: 0.05, max: 40, noNaN: true }),
        gap: fc.double({ min: 0.001, max: 0.1, noNaN: true }),
        overtaken: fc.integer({ min: 0, max: 100_000 }),
        late: fc.double({ min: 0, max: 20, noNaN: true }),
        seed: fc.integer({ min: 0, max: 1e9 }),
      }),
      ({ style, window, blockSize, size, seed, ...network }) => {
        const file = fileOf(size, seed);
        const result = simulate(file, { style, window, blockSize, rollover: 0 }, network, seed);
        const { outcome, counts } = result.transfer;
        runs++;
        if (outcome === 'no-answer') {
          // Three packets, and the ACK after the client's own time-out, were lost.
          neverBegun++;
          expect(result.received.length).toBe(0);
          return;
        }
        expect(result.finished).toBe(true);
        expect(equal(result.received, file)).toBe(true);
        expect(['delivered', 'unconfirmed']).toContain(outcome);
        expect(counts.repeated).toBeLessThanOrEqual(window * (2 * result.disturbances + counts.timeouts));
      },
    ),
    { numRuns: 400, seed: 6 },
  );
  expect(neverBegun).toBeLessThan(runs / 50);
});

describe('behind block 65535', () => {
  const blocks = 65_535 + 70;
  const file = fileOf(blocks * 8 - 3);
  test.each([
    { style: 'rfc', window: 1, rollover: 0 },
    { style: 'edk2', window: 4, rollover: 0 },
    { style: 'bootmgr', window: 64, rollover: 0 },
    { style: 'rfc', window: 7, rollover: 1 },
    { style: 'edk2', window: 64, rollover: 1 },
  ] as const)('$style, window $window, then $rollover', ({ style, window, rollover }) => {
    const network = { ...quiet, loss: 500, doubling: 500, overtaken: 500, late: 2 };
    const { received, transfer } = simulate(file, { style, window, blockSize: 8, rollover }, network, window);
    expect(equal(received, file)).toBe(true);
    expect(transfer.lastBlock).toBe(blocks);
    expect(transfer.counts.repeated).toBeGreaterThan(0);
  });

  test.each([0, 1] as const)('twice, and a window that lies across it, then %i', (rollover) => {
    const long = fileOf(131_080 * 8);
    const { received, transfer } = simulate(long, { style: 'rfc', window: 48, blockSize: 8, rollover }, quiet, 1);
    expect(equal(received, long)).toBe(true);
    expect(transfer.counts.repeated).toBe(0);
  });
});

describe('the variable window of the boot manager', () => {
  test.each([
    { name: 'quiet', network: quiet },
    { name: 'lossy', network: { ...quiet, loss: 20_000, doubling: 5000 } },
  ])('is sent as demanded, $name', ({ network }) => {
    const file = fileOf(60_000);
    const client = {
      style: 'bootmgr',
      window: 4,
      blockSize: 64,
      rollover: 0,
      windows: [4, 4, 5, 9, 255, 1, 70],
    } as const;
    const { received, transfer } = simulate(file, client, network, 3);
    expect(equal(received, file)).toBe(true);
    expect(transfer.agreement.variableWindow).toBe(true);
    if (network === quiet) expect(transfer.counts).toMatchObject({ repeated: 0, timeouts: 0, ignored: 0 });
  });
});

describe('the Sorcerer and his apprentice', () => {
  test.each([1, 4])('a network that doubles every packet does not double the blocks, window %i', (window) => {
    const file = fileOf(40_000);
    const network = { ...quiet, doubling: 1_000_000 };
    const { received, transfer } = simulate(
      file,
      { style: 'bootmgr', window, blockSize: 512, rollover: 0 },
      network,
      1,
    );
    expect(equal(received, file)).toBe(true);
    expect(transfer.counts.blocks).toBeLessThan(1.1 * transfer.lastBlock);
  });

  test.each([1, 4])(
    'a way that becomes 60 times longer costs few repetitions, not every block twice, window %i',
    (window) => {
      const file = fileOf(400 * 1024);
      const network = { ...quiet, slower: { from: 20, by: 30 } };
      const { received, transfer } = simulate(file, { style: 'rfc', window, blockSize: 1024, rollover: 0 }, network, 1);
      expect(equal(received, file)).toBe(true);
      expect(transfer.counts.repeated).toBeGreaterThan(0);
      expect(transfer.counts.repeated).toBeLessThan(12 * window);
    },
  );
});

test('loss of 1 % costs milliseconds each, not seconds', () => {
  const file = fileOf(2000 * 512);
  const network = { ...quiet, loss: 10_000 };
  const { time, transfer, received } = simulate(
    file,
    { style: 'bootmgr', window: 4, blockSize: 512, rollover: 0 },
    network,
    2,
  );
  expect(equal(received, file)).toBe(true);
  expect(transfer.counts.timeouts).toBeGreaterThan(10);
  // 500 windows of 0.5 ms are 250 ms.
  expect(time).toBeLessThan(250 + 80 * transfer.counts.timeouts + 4000);
});

test('a window that queues would not hold is made smaller, and still sent whole', () => {
  const limits = { ...defaultLimits, queueBudget: 5 * 512 };
  const file = fileOf(30_000);
  const narrow = simulate(file, { style: 'rfc', window: 5, blockSize: 512, rollover: 0 }, quiet, 1, limits);
  expect(narrow.transfer.agreement.window).toBe(5);
  expect(equal(narrow.received, file)).toBe(true);
});

test('the model of the client is no mirror: it refuses a gap', () => {
  const client = clientModel({ style: 'rfc', window: 2, blockSize: 1, rollover: 0 });
  client.receive(Buffer.from('\0\x06tsize\x003\0', 'latin1'));
  expect(client.receive(Uint8Array.of(0, 3, 0, 2, 7))).toEqual([Uint8Array.of(0, 4, 0, 0)]);
  expect(client.receive(Uint8Array.of(0, 3, 0, 1, 8))).toEqual([]);
  expect(client.receive(Uint8Array.of(0, 3, 0, 2, 9))).toEqual([Uint8Array.of(0, 4, 0, 2)]);
  expect(client.received()).toEqual(Buffer.of(8, 9));
});
