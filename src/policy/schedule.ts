/**
 * Dates of deployments: with Z one instant for all computers, without it the local time of each (DEP-33, DEP-35); assignments once,
 * or again and again from a start (DEP-36, DEP-37). Local time is UTC and the offset that the computer has now: changes of summer time
 * in between are not followed.
 */
import type { Assignment, Recurrence } from '../model/index.ts';
import type { PolicyTime } from './types.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A date of the site as instant, milliseconds since 1970. */
export function instantOf(date: string, { zoneOffset }: Pick<PolicyTime, 'zoneOffset'>): number {
  return wallTime(date) - (isUtc(date) ? 0 : zoneOffset * minute);
}

const isUtc = (date: string): boolean => date.endsWith('Z');
const wallTime = (date: string): number => Date.parse(`${date.replace(' ', 'T').replace('Z', '')}Z`);

export interface Times {
  /** The last time up to now; undefined: none yet. */
  readonly last: number | undefined;
  /** The first one after now. */
  readonly next: number | undefined;
}

/** When an assignment runs. `available` is when the deployment becomes so: as soon as possible is then. Events have no times. */
export function timesOf(assignment: Assignment, available: number | undefined, time: PolicyTime): Times {
  const { at, from, every, event } = assignment;
  if (event === 'asSoonAsPossible') return once(available ?? time.now, time.now);
  if (at !== undefined) return once(instantOf(at, time), time.now);
  if (from === undefined || every === undefined) return { last: undefined, next: undefined };
  const shift = isUtc(from) ? 0 : time.zoneOffset * minute;
  const { last, next } = recurring(wallTime(from), every, time.now + shift);
  return { last: last === undefined ? undefined : last - shift, next: next === undefined ? undefined : next - shift };
}

function once(instant: number, now: number): Times {
  return instant <= now ? { last: instant, next: undefined } : { last: undefined, next: instant };
}

/** Start and now are wall times of the same calendar. */
function recurring(start: number, every: Recurrence, now: number): Times {
  if (every.months !== undefined) return monthly(start, every, every.months, now);
  const interval =
    (every.minutes ?? 0) * minute + (every.hours ?? 0) * hour + (every.days ?? 0) * day + (every.weeks ?? 0) * 7 * day;
  if (interval === 0) return { last: undefined, next: undefined };
  const first = every.on === undefined ? start : start + ((weekdays[every.on] - weekdayOf(start) + 7) % 7) * day;
  if (now < first) return { last: undefined, next: first };
  const last = first + Math.floor((now - first) / interval) * interval;
  return { last, next: last + interval };
}

/** A month that has no such day is passed over; so many are looked at before a time counts as never. */
const monthsLooked = 12 * 50;

function monthly(start: number, every: Recurrence, step: number, now: number): Times {
  const from = new Date(start);
  const to = new Date(now);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const timeOfDay = ((start % day) + day) % day;
  const at = (count: number): number | undefined => {
    const dayOfMonth = dayIn(from.getUTCFullYear(), from.getUTCMonth() + count * step, every, from.getUTCDate());
    const instant = dayOfMonth === undefined ? undefined : dayOfMonth + timeOfDay;
    return instant !== undefined && instant >= start ? instant : undefined;
  };
  let last: number | undefined;
  const near = Math.floor(months / step);
  for (let count = near; count >= Math.max(0, near - monthsLooked) && last === undefined; count--) {
    const instant = at(count);
    if (instant !== undefined && instant <= now) last = instant;
  }
  for (let count = Math.max(0, near); count <= Math.max(0, near) + monthsLooked; count++) {
    const instant = at(count);
    if (instant !== undefined && instant > now) return { last, next: instant };
  }
  return { last, next: undefined };
}

/** Midnight of the day that a monthly rule means; undefined: the month has none. */
function dayIn(year: number, month: number, every: Recurrence, startDay: number): number | undefined {
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const midnight = (date: number): number => Date.UTC(year, month, date);
  if (every.nth !== undefined && every.weekday !== undefined) {
    const first = 1 + ((weekdays[every.weekday] - weekdayOf(midnight(1)) + 7) % 7);
    const date = every.nth === 'last' ? first + 7 * Math.floor((length - first) / 7) : first + 7 * nths[every.nth];
    return midnight(date);
  }
  const date = every.day === 'last' ? length : (every.day ?? startDay);
  return date > length ? undefined : midnight(date);
}

const nths = { first: 0, second: 1, third: 2, fourth: 3 } as const;
const weekdays = { sunday: 0, monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5, saturday: 6 } as const;
const weekdayOf = (instant: number): number => new Date(instant).getUTCDay();
