/** Any events in any order: nothing is thrown, what is sent stays bounded, and the counters stay in their order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  defaultLimits,
  judgeRequest,
  negotiate,
  reduceTransfer,
  startTransfer,
  type TransferEvent,
} from '../../../pxe/tftp/index.ts';

const wire = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 65535 }));
const window = fc.option(fc.integer({ min: 0, max: 255 }));
const packet = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('ack' as const), block: wire, window }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('data' as const), block: wire, payload: fc.uint8Array() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('oack' as const), options: fc.constant([]) }) },
);
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('packet' as const), packet }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('request-again' as const) }) },
);

test('a transfer', () => {
  const asked = fc.dictionary(
    fc.constantFrom('tsize', 'blksize', 'windowsize', 'msftwindow', 'rollover', 'timeout', 'x'),
    fc.constantFrom('0', '1', '4', '8', '16', '512', '31416', '65535', '-1', '', '1e9'),
  );
  fc.assert(
    fc.property(
      asked,
      fc.integer({ min: 0, max: 400_000 }),
      fc.array(fc.tuple(happening, fc.double({ min: 0, max: 3000, noNaN: true })), { maxLength: 60 }),
      (options, size, happenings) => {
        const list = Object.entries(options).map(([name, value]) => ({ name, value }));
        const request = { kind: 'read', name: 'a', mode: 'octet', options: list } as const;
        let { transfer } = startTransfer({ request, size, limits: defaultLimits, active: 1, seed: 1, at: 0 });
        let at = 0;
        for (const [what, later] of happenings) {
          at += later;
          const event: TransferEvent = { ...what, at };
          const step = reduceTransfer(transfer, event);
          expect(step.effects.length).toBeLessThanOrEqual(2);
          for (const effect of step.effects) {
            if (effect.kind !== 'blocks') continue;
            expect(effect.first).toBe(step.transfer.acknowledged + 1);
            expect(effect.count).toBeGreaterThan(0);
            expect(effect.count).toBeLessThanOrEqual(
              transfer.agreement.variableWindow ? 255 : transfer.agreement.window,
            );
            expect(effect.first + effect.count - 1).toBeLessThanOrEqual(step.transfer.lastBlock);
          }
          const { acknowledged, sent, highest, lastBlock } = step.transfer;
          expect([0, acknowledged, sent, highest, lastBlock]).toEqual(
            [0, acknowledged, sent, highest, lastBlock].sort((a, b) => a - b),
          );
          expect(acknowledged).toBeGreaterThanOrEqual(transfer.acknowledged);
          transfer = step.transfer;
        }
      },
    ),
    { numRuns: 1500, seed: 6 },
  );
});

test('a storm of equal ACKs brings a window each half round trip, not each ACK', () => {
  const options = [{ name: 'windowsize', value: '64' }];
  const request = { kind: 'read', name: 'a', mode: 'octet', options } as const;
  let { transfer } = startTransfer({ request, size: 1e6, limits: defaultLimits, active: 1, seed: 1, at: 0 });
  for (let number = 0; number <= 10_000; number++) {
    const event = { kind: 'packet', packet: { kind: 'ack', block: 0, window: null }, at: 2 + number / 100 } as const;
    transfer = reduceTransfer(transfer, event).transfer;
  }
  // 100 ms of round trips of 2 ms.
  expect(transfer.counts.blocks).toBeLessThanOrEqual(64 * 101);
  expect(transfer.counts.ignored).toBeGreaterThan(9800);
});

test('any datagram at the port for requests, and any options', () => {
  const head = fc.constantFrom([], [0, 1], [0, 1, 97, 0, 111, 99, 116, 101, 116, 0]);
  fc.assert(
    fc.property(head, fc.uint8Array({ maxLength: 60 }), (start, tail) => {
      const judgement = judgeRequest(Uint8Array.of(...start, ...tail));
      if (judgement.kind === 'refused') expect(judgement.bytes.length).toBeLessThan(200);
      if (judgement.kind !== 'read') return;
      const agreement = negotiate(judgement.request.options, 5, defaultLimits);
      expect(agreement.blockSize).toBeGreaterThanOrEqual(8);
      expect(agreement.window).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 10_000, seed: 6 },
  );
});
