/** Dates, assignments and recurrence of deployments and maintenance windows (DEP-33 to DEP-39, SITE-15). */
import * as z from 'zod';
import { choice, type DeepReadonly, optional, textLike, whole, yesNo } from './fields.ts';

/**
 * A date and time. With `Z` at the end it is UTC, one instant for all computers; without, the local time of each, decided on the
 * device (DEP-33). No other zone: ConfigMgr knows these two.
 */
export const siteDate = textLike(
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?Z?$/,
  'a date such as 2026-12-31T18:00 (local time of each computer) or 2026-12-31T18:00Z (UTC)',
  'Date and time; with Z at the end UTC, else the local time of each computer',
).refine((value) => isRealDate(value), { error: 'a date and time that exists' });

function isRealDate(value: string): boolean {
  const instant = Date.parse(`${value.replace(' ', 'T').replace('Z', '')}Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === value.slice(0, 10);
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const weekday = choice(weekdays, 'Day of the week');

/** Exactly one interval; `on` only with weeks, `day` or `nth` and `weekday` only with months. `src/site` checks it. */
export const recurrence = z
  .strictObject({
    minutes: optional(whole('Every n minutes', 1, 59)),
    hours: optional(whole('Every n hours', 1, 23)),
    days: optional(whole('Every n days', 1, 31)),
    weeks: optional(whole('Every n weeks', 1, 4)),
    on: optional(weekday),
    months: optional(whole('Every n months', 1, 12)),
    day: optional(
      z.union([whole('Day of the month', 1, 31), z.literal('last')], { error: 'a day of 1 to 31, or last' }),
    ),
    nth: optional(choice(['first', 'second', 'third', 'fourth', 'last'], 'Which of these weekdays of the month')),
    weekday: optional(weekday),
  })
  .describe('How often: one of minutes, hours, days, weeks, months');
export type Recurrence = DeepReadonly<z.output<typeof recurrence>>;

/** One of: `at` a date; `from` a date with `every`; `event`. */
export const assignment = z.strictObject({
  at: optional(siteDate),
  from: optional(siteDate),
  every: optional(recurrence),
  event: optional(choice(['asSoonAsPossible', 'logOn', 'logOff', 'startUp'], 'Runs at this event')),
});
export type Assignment = DeepReadonly<z.output<typeof assignment>>;

export const maintenanceWindow = z
  .strictObject({
    name: z.string().min(1).max(256).describe('Name of the window'),
    appliesTo: optional(
      choice(['all', 'taskSequences', 'softwareUpdates'], 'Which deployments it holds for (default all)'),
    ),
    start: siteDate,
    duration: whole('Length in minutes', 5, 1440),
    every: optional(recurrence),
    enabled: optional(yesNo('Default true')),
  })
  .describe('Maintenance window');
export type MaintenanceWindow = DeepReadonly<z.output<typeof maintenanceWindow>>;
