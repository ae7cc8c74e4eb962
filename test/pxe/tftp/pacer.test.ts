/** Turns on the line, in simulated time. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newLine, openPacer, unpaced, type Waiting } from '../../../pxe/tftp/pacer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Near the end of 32 bits, so that the line's time goes round in every test. */
const clock = (): number => 2 ** 31 - 500_000 + performance.now() * 1000;
/** 1 Gbit/s. */
const rate = 1e9;

/** Sends `bytes` each turn, asks again at once, for ever. */
function greedy(pacer: ReturnType<typeof openPacer>, bytes: number) {
  const sent = { turns: 0 };
  const who: Waiting = {
    turnBytes: () => bytes,
    turn() {
      sent.turns++;
      // As a client whose ACK comes a moment later.
      setTimeout(again, 0.2);
    },
  };
  const again = (): void => void pacer.ask(who);
  again();
  return sent;
}

describe('one line of 1 Gbit/s', () => {
  test('carries 95 % of what it can, whoever asks', () => {
    const pacer = openPacer(newLine(), rate, clock);
    const all = Array.from({ length: 32 }, () => greedy(pacer, 24_000));
    vi.advanceTimersByTime(2000);
    const bytes = all.reduce((sum, { turns }) => sum + turns * 24_000, 0);
    const line = (2 * rate) / 8;
    expect(bytes / line).toBeGreaterThan(0.93);
    expect(bytes / line).toBeLessThanOrEqual(0.96);
  });

  test('serves all alike', () => {
    const pacer = openPacer(newLine(), rate, clock);
    const all = Array.from({ length: 32 }, () => greedy(pacer, 24_000));
    vi.advanceTimersByTime(2000);
    const turns = all.map((one) => one.turns);
    expect(Math.min(...turns) / Math.max(...turns)).toBeGreaterThan(0.95);
  });

  test('is shared by the pacers of all threads', () => {
    const line = newLine();
    const pacers = [openPacer(line, rate, clock), openPacer(line, rate, clock)];
    const all = pacers.flatMap((pacer) => Array.from({ length: 8 }, () => greedy(pacer, 24_000)));
    vi.advanceTimersByTime(1000);
    const bytes = all.reduce((sum, { turns }) => sum + turns * 24_000, 0);
    expect(bytes).toBeLessThanOrEqual((rate / 8) * 0.96);
    expect(bytes).toBeGreaterThan((rate / 8) * 0.9);
  });

  test('makes up for time that its thread was late, without a larger burst', () => {
    let late = 0;
    const slow = (): number => clock() + late;
    const pacer = openPacer(newLine(), rate, slow);
    const all = Array.from({ length: 32 }, () => greedy(pacer, 24_000));
    const bytes = (): number => all.reduce((sum, { turns }) => sum + turns * 24_000, 0);
    let most = 0;
    // Each 100 ms the thread does something else for 3 ms, in which nobody gets a turn.
    for (let round = 0; round < 30; round++) {
      const before = bytes();
      late += 3000;
      vi.advanceTimersByTime(1);
      most = Math.max(most, bytes() - before);
      vi.advanceTimersByTime(99);
    }
    const line = (slow() - (2 ** 31 - 500_000)) * (rate / 8e6);
    expect(bytes() / line).toBeGreaterThan(0.94);
    expect(bytes() / line).toBeLessThanOrEqual(0.96);
    // 1.5 ms, the turn that goes over it, and what 1 ms brings.
    expect(most).toBeLessThan(0.0025 * (rate / 8) + 2 * 24_000);
  });

  test('gives no more than a burst after a rest', () => {
    const pacer = openPacer(newLine(), rate, clock);
    vi.advanceTimersByTime(60_000);
    let turns = 0;
    const once = (): Waiting => ({ turnBytes: () => 15_000, turn: () => void turns++ });
    for (let at = 0; at < 200; at++) pacer.ask(once());
    // 1.5 ms of the line, and the one that goes over it.
    expect(turns * 15_000).toBeLessThan(0.0015 * (rate / 8) + 2 * 15_000);
    expect(pacer.waiting).toBe(200 - turns);
    vi.advanceTimersByTime(100);
    expect(turns).toBe(200);
    expect(pacer.waiting).toBe(0);
  });

  test.each([1, 20, 36, 50, 72, 100])('serves at once after a rest of %i minutes', (minutes) => {
    const pacer = openPacer(newLine(), rate, clock);
    let turns = 0;
    const who: Waiting = { turnBytes: () => 10_000, turn: () => void turns++ };
    pacer.ask(who);
    vi.advanceTimersByTime(minutes * 60_000);
    expect(pacer.ask(who)).toBe(true);
    expect(turns).toBe(2);
  });

  test('who has nothing to send any more costs nothing', () => {
    const pacer = openPacer(newLine(), rate, clock);
    const order: number[] = [];
    const asks = Array.from({ length: 50 }, (_, at) => ({
      turnBytes: () => (at > 25 && at < 48 ? 0 : 100_000),
      turn: () => void order.push(at),
    }));
    for (const who of asks) pacer.ask(who);
    vi.advanceTimersByTime(1000);
    expect(order).toEqual(asks.map((_, at) => at));
  });
});

test('without a line every turn is taken at once', () => {
  let turns = 0;
  expect(unpaced.ask({ turnBytes: () => 1e9, turn: () => void turns++ })).toBe(true);
  expect(turns).toBe(1);
});
