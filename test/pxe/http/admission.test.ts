/** Who gets a large image now; when ranges make a file complete. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
// Pure parts of the server, which are no part of its public face.
import { openAdmission } from '../../../pxe/http/admission.ts';
import { openCoverage } from '../../../pxe/http/coverage.ts';

const patient = { patient: true };

describe('admission', () => {
  test('gives places in the order in which clients first asked', () => {
    const admission = openAdmission(2);
    expect(['a', 'b'].map((client) => admission.ask(client, 0, patient).kind)).toEqual(['go', 'go']);
    for (const client of ['c', 'd', 'e']) expect(admission.ask(client, 1, patient).kind).toBe('later');
    admission.leave('a', 1000, { seconds: 1, more: false });
    expect(admission.ask('e', 1500, patient).kind).toBe('later');
    expect(admission.ask('d', 1500, patient).kind).toBe('later');
    expect(admission.ask('new', 1500, patient).kind).toBe('later');
    expect(admission.ask('c', 1600, patient)).toEqual({ kind: 'go' });
    admission.leave('b', 1700, { seconds: 1, more: false });
    expect(admission.ask('e', 1800, patient).kind).toBe('later');
    expect(admission.ask('d', 1800, patient)).toEqual({ kind: 'go' });
    expect([admission.running, admission.waiting(1800)]).toEqual([2, 2]);
  });

  test('a client that does not come back loses its turn', () => {
    const admission = openAdmission(1);
    admission.ask('a', 0, patient);
    const later = admission.ask('b', 0, patient);
    if (later.kind !== 'later') throw new Error('admitted');
    admission.leave('a', 100, { seconds: 1, more: false });
    expect(admission.ask('c', 200, patient).kind).toBe('later');
    const over = (later.seconds + 10) * 1000 + 1;
    // Who is not expected any more is not counted as waiting, though nobody else asks.
    expect([200, over - 1, over].map((at) => admission.waiting(at))).toEqual([2, 2, 1]);
    expect(admission.ask('c', over, patient)).toEqual({ kind: 'go' });
  });

  test('firmware is admitted beyond the places, up to four times as many', () => {
    const admission = openAdmission(2);
    const kinds = Array.from({ length: 9 }, (_, client) => admission.ask(`f${client}`, 0, { patient: false }).kind);
    expect(kinds).toEqual([...Array.from({ length: 8 }, () => 'go'), 'later']);
  });

  test('between two parts a client keeps its place, for five seconds', () => {
    const admission = openAdmission(1);
    admission.ask('a', 0, patient);
    admission.leave('a', 10, { seconds: 1, more: true });
    expect(admission.ask('b', 20, patient).kind).toBe('later');
    expect(admission.ask('a', 5000, patient)).toEqual({ kind: 'go' });
    admission.leave('a', 6000, { seconds: 1, more: true });
    expect(admission.ask('b', 11_001, patient)).toEqual({ kind: 'go' });
  });

  test('never runs more than the places, and in the end admits every client that comes back when told', () => {
    const load = fc.record({
      places: fc.integer({ min: 1, max: 5 }),
      clients: fc.array(fc.record({ at: fc.nat(20_000), takes: fc.integer({ min: 1, max: 20_000 }) }), {
        maxLength: 40,
      }),
    });
    fc.assert(
      fc.property(load, ({ places, clients }) => {
        const admission = openAdmission(places);
        const events = clients.map(({ at, takes }, client) => ({ at, client, takes, leave: false }));
        let served = 0;
        for (let steps = 0; events.length > 0; steps++) {
          expect(steps).toBeLessThan(20_000);
          events.sort((a, b) => a.at - b.at);
          const event = events.shift();
          if (event === undefined) break;
          const { at, client, takes, leave } = event;
          if (leave) {
            admission.leave(String(client), at, { seconds: takes / 1000, more: false });
            served++;
            continue;
          }
          const answer = admission.ask(String(client), at, patient);
          if (answer.kind === 'go') events.push({ at: at + takes, client, takes, leave: true });
          else events.push({ at: at + answer.seconds * 1000, client, takes, leave: false });
          expect(admission.running).toBeLessThanOrEqual(places);
        }
        expect(served).toBe(clients.length);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('coverage', () => {
  test('is complete exactly when every byte was got', () => {
    const parts = fc.array(fc.record({ start: fc.nat(29), length: fc.integer({ min: 1, max: 30 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(parts, (list) => {
        const coverage = openCoverage();
        const got = new Set<number>();
        for (const { start, length } of list) {
          const end = Math.min(30, start + length);
          for (let at = start; at < end; at++) got.add(at);
          const complete = coverage.got('c', { id: 'f', size: 30 }, { start, end });
          expect(complete).toBe(got.size === 30);
          if (complete) got.clear();
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('is of one client and one version', () => {
    const coverage = openCoverage();
    expect(coverage.got('a', { id: '1', size: 10 }, { start: 0, end: 5 })).toBe(false);
    expect(coverage.got('b', { id: '1', size: 10 }, { start: 5, end: 10 })).toBe(false);
    expect(coverage.got('a', { id: '2', size: 10 }, { start: 5, end: 10 })).toBe(false);
    expect([coverage.has('a', '1'), coverage.has('a', '3')]).toEqual([true, false]);
    expect(coverage.got('a', { id: '1', size: 10 }, { start: 5, end: 10 })).toBe(true);
    expect(coverage.got('a', { id: '0', size: 0 }, { start: 0, end: 0 })).toBe(true);
  });

  test('costs a bounded memory: 128 parts of a file, 2048 files', () => {
    const coverage = openCoverage();
    const file = { id: 'f', size: 1000 };
    for (let at = 0; at < 1000; at += 2) coverage.got('a', file, { start: at, end: at + 1 });
    for (let at = 1; at < 499; at += 2) expect(coverage.got('a', file, { start: at, end: at + 1 })).toBe(false);
    // The long piece is not what is forgotten.
    for (let at = 500; at < 998; at += 2) expect(coverage.got('a', file, { start: at, end: at + 2 })).toBe(false);
    expect(coverage.got('a', { ...file, decisive: { offset: 500, size: 498 } }, { start: 0, end: 1 })).toBe(true);
    for (let client = 0; client < 3000; client++) coverage.got(`c${client}`, file, { start: 0, end: 1 });
    expect([coverage.has('c0', 'f'), coverage.has('c951', 'f'), coverage.has('c952', 'f')]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
