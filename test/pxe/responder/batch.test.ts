/** What the threads say to each other comes in few messages, whole and in order. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openBatch, openTurns } from '../../../pxe/responder/batch.ts';

describe('a batch', () => {
  test('says at the end of a turn all that was added in it, once', async () => {
    const said: (readonly number[])[] = [];
    const batch = openBatch<number>((items) => said.push(items));
    batch.add(1);
    batch.add(2);
    expect(said).toEqual([]);
    await turn();
    batch.add(3);
    await turn();
    expect(said).toEqual([[1, 2], [3]]);
  });

  test('is said without items, too, when one is due', async () => {
    const said: (readonly number[])[] = [];
    const batch = openBatch<number>((items) => said.push(items));
    batch.due();
    batch.due();
    await turn();
    expect(said).toEqual([[]]);
  });
});

test('one message at a time is on its way: what comes meanwhile goes with the next', async () => {
  const said: (readonly number[])[] = [];
  const turns = openTurns<number>((items) => said.push(items));
  turns.add(1);
  await turn();
  for (const item of [2, 3, 4]) {
    turns.add(item);
    await turn();
  }
  expect(said).toEqual([[1]]);
  turns.taken();
  turns.add(5);
  await turn();
  expect(said).toEqual([[1], [2, 3, 4, 5]]);
  turns.taken();
  await turn();
  expect(said).toHaveLength(2);
});
