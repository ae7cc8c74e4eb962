/** Which exchanges are kept when there are too many. */
import { expect, test } from 'vitest';
import { openExchanges } from '../../../pxe/responder/exchanges.ts';

const names = (kept: ReturnType<typeof openExchanges>): string[] => [...kept.all()].map(([name]) => name);

test('the one that was silent for the longest time goes, whatever was touched, expired or dropped before', () => {
  const kept = openExchanges(3, 100);
  const a = kept.add('a', 0);
  kept.add('b', 1);
  kept.add('c', 2);
  kept.add('d', 3);
  expect(names(kept)).toEqual(['b', 'c', 'd']);
  const b = kept.get('b');
  if (b === undefined) throw new Error('b is kept');
  kept.touch(b, 4);
  kept.add('e', 5);
  expect(names(kept)).toEqual(['d', 'b', 'e']);
  kept.expire(103);
  expect(names(kept)).toEqual(['b', 'e']);
  kept.expire(200);
  expect(kept.size()).toBe(0);
  for (let at = 201; at < 300; at += 1) kept.add(`n${at}`, at);
  expect(names(kept)).toEqual(['n297', 'n298', 'n299']);
  expect(kept.get('a')).toBeUndefined();
  expect(a.stage).toBeNull();
});

test('thousands that come and go leave as many as the cap', () => {
  const kept = openExchanges(64, 1000);
  for (let at = 0; at < 20_000; at += 1) {
    kept.add(`x${at}`, at);
    const early = kept.get(`x${at - 40}`);
    if (at % 3 === 0 && early !== undefined) kept.touch(early, at);
    expect(kept.size()).toBeLessThanOrEqual(64);
  }
  expect(kept.get('x19999')).toBeDefined();
  expect(kept.size()).toBe(64);
});
