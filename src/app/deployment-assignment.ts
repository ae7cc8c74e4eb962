/** An assignment as it is typed: when a required deployment runs (DEP-36 to DEP-38). */
import { InputError } from '../core/index.ts';
import type { Assignment, Recurrence } from '../model/index.ts';
import { appCode } from './codes.ts';

const events = {
  asap: 'asSoonAsPossible',
  'log-on': 'logOn',
  'log-off': 'logOff',
  'start-up': 'startUp',
} as const;

const weekdays = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const form = new RegExp(
  '^(\\S+)(?: every (\\d+) (minute|hour|day|week|month)s?' +
    `(?: on (?:(${weekdays})|day (\\d+)|(last) day|(first|second|third|fourth|last) (${weekdays})))?)?$`,
);

/**
 * `asap`, `log-on`, `log-off`, `start-up`, a date, or a date with `every 2 weeks on friday`, `every 1 month on day 15`, `... on last
 * day`, `... on second tuesday`. Throws InputError (`APP_OPTION`); dates and numbers are judged with the file.
 */
export function parseAssignment(text: string): Assignment {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (words in events) return { event: events[words as keyof typeof events] };
  const found = form.exec(words);
  const [, typed, count, unit, weekday, day, lastDay, nth, nthWeekday] = found ?? [];
  if (typed === undefined) {
    throw new InputError(appCode.APP_OPTION, `--assign ${JSON.stringify(text.slice(0, 200))} is no assignment`, {
      hint: 'asap, log-on, log-off, start-up, a date such as 2026-12-31T18:00Z, or a date with `every 2 weeks on friday`.',
    });
  }
  const date = typed.toUpperCase();
  if (count === undefined || unit === undefined) return { at: date };
  const every = {
    [`${unit}s`]: Number(count),
    ...(weekday === undefined ? {} : { on: weekday as Weekday }),
    ...(day === undefined ? {} : { day: Number(day) }),
    ...(lastDay === undefined ? {} : { day: 'last' as const }),
    ...(nth === undefined ? {} : { nth: nth as NonNullable<Recurrence['nth']>, weekday: nthWeekday as Weekday }),
  };
  return { from: date, every };
}

type Weekday = NonNullable<Recurrence['weekday']>;
