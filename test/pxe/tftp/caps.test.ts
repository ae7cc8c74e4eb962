/** Caps and rates: floods reach them, the others go on. */
import { describe, expect, test } from 'vitest';
import { defaultCaps, openGate } from '../../../pxe/tftp/index.ts';
import { InputError } from '../../../src/core/index.ts';

describe('the rate of requests', () => {
  test('a burst, then so many a second, each address for itself', () => {
    const gate = openGate({ ...defaultCaps, rate: 50, burst: 100 });
    const admitted = (address: string, at: number, tries: number) =>
      Array.from({ length: tries }, () => gate.request(address, at)).filter((answer) => answer === 'admitted').length;
    expect(admitted('10.0.0.1', 0, 1000)).toBe(100);
    expect(admitted('10.0.0.2', 0, 10)).toBe(10);
    expect(admitted('10.0.0.1', 19, 10)).toBe(0);
    expect(admitted('10.0.0.1', 20, 10)).toBe(1);
    expect(admitted('10.0.0.1', 1020, 1000)).toBe(50);
    expect(admitted('10.0.0.1', 1e9, 1000)).toBe(100);
  });
});

describe('transfers at once', () => {
  const start = (gate: ReturnType<typeof openGate>, address: string) => {
    gate.request(address, 0);
    return gate.begin(address);
  };

  test('of one client', () => {
    const gate = openGate({ ...defaultCaps, perClient: 2 });
    expect([1, 2, 3].map(() => start(gate, 'a'))).toEqual(['admitted', 'admitted', 'too-many-of-client']);
    expect(start(gate, 'b')).toBe('admitted');
    gate.end('a', false);
    expect(start(gate, 'a')).toBe('admitted');
    expect(gate.counts()).toEqual({ all: 3, unanswered: 3, clients: 2 });
  });

  test('that nobody has answered', () => {
    const gate = openGate({ ...defaultCaps, unanswered: 2 });
    expect(['a', 'b', 'c'].map((address) => start(gate, address))).toEqual([
      'admitted',
      'admitted',
      'too-many-unanswered',
    ]);
    gate.answered();
    expect(start(gate, 'c')).toBe('admitted');
    gate.end('b', false);
    gate.end('a', true);
    expect(gate.counts()).toMatchObject({ all: 1, unanswered: 1 });
  });

  test('in all', () => {
    const gate = openGate({ ...defaultCaps, all: 3 });
    expect(['a', 'b', 'c', 'd'].map((address) => start(gate, address)).at(-1)).toBe('too-many');
  });

  test('not without a request before', () => {
    expect(openGate(defaultCaps).begin('a')).toBe('too-fast');
  });
});

test('a flood under many addresses is forgotten; clients with transfers are not', () => {
  const gate = openGate({ ...defaultCaps, perClient: 1 });
  gate.request('honest', 0);
  expect(gate.begin('honest')).toBe('admitted');
  for (let number = 0; number < 40_000; number++) gate.request(`10.${number}`, number);
  expect(gate.counts().clients).toBeLessThanOrEqual(16_384);
  gate.request('honest', 40_000);
  expect(gate.begin('honest')).toBe('too-many-of-client');
});

test('caps that let nothing through are refused', () => {
  expect(() => openGate({ ...defaultCaps, all: 0 })).toThrow(InputError);
  expect(() => openGate({ ...defaultCaps, rate: Number.NaN })).toThrow('tftp.rate is NaN');
});
