/** Dates and recurrence against calendars worked out by hand. */
import { describe, expect, test } from 'vitest';
import type { Assignment } from '../../../src/model/index.ts';
import { instantOf, timesOf } from '../../../src/policy/index.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

function times(assignment: Assignment, now: string, zoneOffset = 0, available?: string) {
  const found = timesOf(assignment, available === undefined ? undefined : at(available), { now: at(now), zoneOffset });
  return [iso(found.last), iso(found.next)];
}

describe('dates', () => {
  test('DEP-33 DEP-35: with Z one instant for all, without it the local time of each computer', () => {
    expect(iso(instantOf('2026-12-01T08:00Z', { zoneOffset: 120 }))).toBe('2026-12-01T08:00:00.000Z');
    expect(iso(instantOf('2026-12-01T08:00', { zoneOffset: 120 }))).toBe('2026-12-01T06:00:00.000Z');
    expect(iso(instantOf('2026-12-01 08:00:30', { zoneOffset: -300 }))).toBe('2026-12-01T13:00:30.000Z');
  });

  test('DEP-36: an assignment once has passed or lies ahead; the moment itself counts', () => {
    const once = { at: '2026-12-01T08:00Z' };
    expect(times(once, '2026-12-01T07:59:59Z')).toEqual([undefined, '2026-12-01T08:00:00.000Z']);
    expect(times(once, '2026-12-01T08:00:00Z')).toEqual(['2026-12-01T08:00:00.000Z', undefined]);
  });

  test('DEP-38: as soon as possible is when it becomes available; events have no times', () => {
    const soon: Assignment = { event: 'asSoonAsPossible' };
    expect(times(soon, '2026-12-01T08:00Z', 0, '2026-12-02T00:00Z')).toEqual([undefined, '2026-12-02T00:00:00.000Z']);
    expect(times(soon, '2026-12-03T08:00Z', 0, '2026-12-02T00:00Z')).toEqual(['2026-12-02T00:00:00.000Z', undefined]);
    expect(times({ event: 'logOn' }, '2026-12-01T08:00Z')).toEqual([undefined, undefined]);
  });
});

describe('recurrence (DEP-37)', () => {
  // 2026-11-01 is a Sunday.
  const table: [string, Assignment, string, string | undefined, string | undefined][] = [
    [
      'before the start',
      { from: '2026-11-02T10:00Z', every: { days: 1 } },
      '2026-11-01T00:00Z',
      undefined,
      '2026-11-02T10:00',
    ],
    [
      'at the start',
      { from: '2026-11-02T10:00Z', every: { days: 1 } },
      '2026-11-02T10:00Z',
      '2026-11-02T10:00',
      '2026-11-03T10:00',
    ],
    [
      'every 3 days',
      { from: '2026-11-02T10:00Z', every: { days: 3 } },
      '2026-11-09T09:00Z',
      '2026-11-08T10:00',
      '2026-11-11T10:00',
    ],
    [
      'every 6 hours',
      { from: '2026-11-02T10:00Z', every: { hours: 6 } },
      '2026-11-03T00:00Z',
      '2026-11-02T22:00',
      '2026-11-03T04:00',
    ],
    [
      'every 45 minutes',
      { from: '2026-11-02T10:00Z', every: { minutes: 45 } },
      '2026-11-02T11:31Z',
      '2026-11-02T11:30',
      '2026-11-02T12:15',
    ],
    [
      'every week on the day of the start',
      { from: '2026-11-02T10:00Z', every: { weeks: 1 } },
      '2026-11-10T00:00Z',
      '2026-11-09T10:00',
      '2026-11-16T10:00',
    ],
    [
      'every 2 weeks on Friday',
      { from: '2026-11-02T10:00Z', every: { weeks: 2, on: 'friday' } },
      '2026-11-21T00:00Z',
      '2026-11-20T10:00',
      '2026-12-04T10:00',
    ],
    [
      'first Friday not yet reached',
      { from: '2026-11-02T10:00Z', every: { weeks: 2, on: 'friday' } },
      '2026-11-04T00:00Z',
      undefined,
      '2026-11-06T10:00',
    ],
    [
      'day 15 of each month',
      { from: '2026-11-02T10:00Z', every: { months: 1, day: 15 } },
      '2026-12-20T00:00Z',
      '2026-12-15T10:00',
      '2027-01-15T10:00',
    ],
    [
      'last day',
      { from: '2026-11-02T10:00Z', every: { months: 1, day: 'last' } },
      '2027-02-10T00:00Z',
      '2027-01-31T10:00',
      '2027-02-28T10:00',
    ],
    [
      'day 31 passes short months over',
      { from: '2026-11-02T10:00Z', every: { months: 1, day: 31 } },
      '2027-02-10T00:00Z',
      '2027-01-31T10:00',
      '2027-03-31T10:00',
    ],
    [
      'second Tuesday',
      { from: '2026-11-02T10:00Z', every: { months: 1, nth: 'second', weekday: 'tuesday' } },
      '2026-11-11T00:00Z',
      '2026-11-10T10:00',
      '2026-12-08T10:00',
    ],
    [
      'last Monday',
      { from: '2026-11-02T10:00Z', every: { months: 1, nth: 'last', weekday: 'monday' } },
      '2026-12-01T00:00Z',
      '2026-11-30T10:00',
      '2026-12-28T10:00',
    ],
    [
      'every 3 months on the day of the start',
      { from: '2026-11-02T10:00Z', every: { months: 3 } },
      '2027-03-01T00:00Z',
      '2027-02-02T10:00',
      '2027-05-02T10:00',
    ],
  ];
  test.each(table)('%s', (_, assignment, now, last, next) => {
    const full = (text: string | undefined) => (text === undefined ? undefined : `${text}:00.000Z`);
    expect(times(assignment, now)).toEqual([full(last), full(next)]);
  });

  test('a day of the month before the start counts from the next month on', () => {
    const monthly: Assignment = { from: '2026-11-20T10:00Z', every: { months: 1, day: 15 } };
    expect(times(monthly, '2026-11-21T00:00Z')).toEqual([undefined, '2026-12-15T10:00:00.000Z']);
    expect(times(monthly, '2026-10-01T00:00Z')).toEqual([undefined, '2026-12-15T10:00:00.000Z']);
  });

  test('local recurrence keeps the wall clock: 10:00 at UTC-5 is 15:00 UTC', () => {
    expect(times({ from: '2026-11-02T10:00', every: { days: 1 } }, '2026-11-04T14:00Z', -300)).toEqual([
      '2026-11-03T15:00:00.000Z',
      '2026-11-04T15:00:00.000Z',
    ]);
  });

  test('30 February never comes, and the search ends', () => {
    expect(times({ from: '2026-02-01T10:00Z', every: { months: 12, day: 30 } }, '2026-11-04T14:00Z')).toEqual([
      undefined,
      undefined,
    ]);
  });
});
