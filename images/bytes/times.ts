/**
 * Times of the formats, all in UTC so that no output depends on the time zone of the machine.
 * The common form is an `Instant`: milliseconds since 1970-01-01T00:00:00Z as a number.
 */
export type Instant = number;

/** 100-ns ticks between 1601-01-01 and 1970-01-01. */
const fileTimeOffset = 116_444_736_000_000_000n;

/** FILETIME: 100-ns ticks since 1601-01-01 UTC. */
export function toFileTime(instant: Instant): bigint {
  return BigInt(Math.trunc(instant)) * 10_000n + fileTimeOffset;
}

/** The instant of a FILETIME, cut to milliseconds. */
export function fromFileTime(ticks: bigint): Instant {
  return Number((ticks - fileTimeOffset) / 10_000n);
}

/** FAT date and time words (two-second steps, years 1980..2107; earlier and later instants are held to those ends). */
export function toDosTime(instant: Instant): { readonly date: number; readonly time: number } {
  const held = Math.min(Math.max(instant, Date.UTC(1980, 0, 1)), Date.UTC(2107, 11, 31, 23, 59, 58));
  const d = new Date(held);
  return {
    date: ((d.getUTCFullYear() - 1980) << 9) | ((d.getUTCMonth() + 1) << 5) | d.getUTCDate(),
    time: (d.getUTCHours() << 11) | (d.getUTCMinutes() << 5) | (d.getUTCSeconds() >> 1),
  };
}

/** The instant of FAT date and time words, read as UTC. */
export function fromDosTime(date: number, time: number): Instant {
  return Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

export interface CalendarTime {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** UTC calendar fields of an instant, as ISO 9660 and UDF write them. */
export function calendarTime(instant: Instant): CalendarTime {
  const d = new Date(instant);
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
  };
}
