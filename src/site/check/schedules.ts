/** Forms of dates over several keys: assignments, recurrence, maintenance windows, boundaries (one key of several). */
import type { NodePath, Recurrence } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import type { Check, Finding } from './types.ts';

const intervals = ['minutes', 'hours', 'days', 'weeks', 'months'] as const;

/** What is wrong with a recurrence (DEP-37). */
function recurrenceFault(every: Recurrence): string | undefined {
  const given = intervals.filter((key) => every[key] !== undefined);
  if (given.length !== 1)
    return `one of ${intervals.join(', ')} is wanted, ${given.length === 0 ? 'none' : given.join(' and ')} is given`;
  if (every.on !== undefined && every.weeks === undefined) return '`on` goes with weeks';
  const monthly = every.day !== undefined || every.nth !== undefined || every.weekday !== undefined;
  if (monthly && every.months === undefined) return '`day`, `nth` and `weekday` go with months';
  if ((every.nth === undefined) !== (every.weekday === undefined)) return '`nth` and `weekday` go together';
  if (every.day !== undefined && every.nth !== undefined) return '`day` and `nth` exclude each other';
  return undefined;
}

/** A finding where not exactly one of the keys is given. */
export function exactlyOne(value: object, keys: readonly string[], what: string): Finding | undefined {
  const given = keys.filter((key) => Object.hasOwn(value, key));
  if (given.length === 1) return undefined;
  const found = given.length === 0 ? 'it has none of them' : `it has ${given.join(' and ')}`;
  return { code: siteCode.SITE_CHOICE, message: `${what} has one of ${keys.join(', ')}; ${found}` };
}

export const checkScheduleForms: Check = ({ site, report }) => {
  const recurrence = (object: Parameters<typeof report>[0], every: Recurrence | undefined, path: NodePath) => {
    const fault = every && recurrenceFault(every);
    if (fault !== undefined) report(object, path, { code: siteCode.SITE_CHOICE, message: `\`every\`: ${fault}` });
  };
  for (const deployment of site.all('deployment')) {
    (deployment.value.schedule?.assignments ?? []).forEach((assignment, index) => {
      const path: NodePath = ['schedule', 'assignments', index];
      const fault = exactlyOne(assignment, ['at', 'from', 'event'], 'an assignment');
      if (fault) report(deployment, path, fault);
      else if ((assignment.from === undefined) !== (assignment.every === undefined)) {
        report(deployment, path, { code: siteCode.SITE_CHOICE, message: '`from` and `every` go together' });
      }
      recurrence(deployment, assignment.every, [...path, 'every']);
    });
  }
  for (const collection of site.all('collection')) {
    (collection.value.maintenanceWindows ?? []).forEach(({ every }, index) =>
      recurrence(collection, every, ['maintenanceWindows', index, 'every']),
    );
  }
  for (const group of site.all('boundaryGroup')) {
    (group.value.boundaries ?? []).forEach((boundary, index) => {
      const fault = exactlyOne(boundary, ['subnet', 'range', 'adSite'], 'a boundary');
      if (fault) report(group, ['boundaries', index], fault);
    });
  }
};
