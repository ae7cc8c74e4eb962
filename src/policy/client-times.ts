/** What the schedule of a deployment says to a client in the full OS; Windows PE asks none of this (DEP-30). */
import type { Deployment } from '../model/index.ts';
import { mayRerun } from './rerun.ts';
import { instantOf, timesOf } from './schedule.ts';
import type { LastRun, PolicyTime, Reason } from './types.ts';

export interface ClientTimes {
  /** Rules of availability and expiry: they decide whether it is offered. */
  readonly reasons: readonly Reason[];
  /** Of the rerun behaviour: decides only whether it runs by itself. */
  readonly rerun: Reason;
  /** An assignment is due and the rerun behaviour lets it run; where it is not offered, that counts for nothing. */
  readonly due: boolean;
  readonly nextRun: number | undefined;
  readonly downloadFrom: number | undefined;
}

/** Judges the schedule at a time. */
export function clientTimes(
  { schedule = {}, purpose, preDownload }: Deployment,
  lastRun: LastRun | undefined,
  time: PolicyTime,
): ClientTimes {
  const available = schedule.available === undefined ? undefined : instantOf(schedule.available, time);
  const expires = schedule.expires === undefined ? undefined : instantOf(schedule.expires, time);
  const assignments = purpose === 'required' ? (schedule.assignments ?? []) : [];
  const times = assignments.map((assignment) => timesOf(assignment, available, time));
  const last = latest(times.map((each) => each.last));
  // A time before it becomes available counts from then on (DEP-39).
  const passed = last === undefined ? undefined : Math.max(last, available ?? last);
  const { holds, text } = mayRerun(schedule.rerun ?? 'always', lastRun);
  const fresh = passed !== undefined && passed <= time.now && (lastRun === undefined || lastRun.at < passed);
  const isAvailable = available === undefined || available <= time.now;
  const isExpired = expires !== undefined && expires <= time.now;
  const next = earliest(times.map((each) => each.next));
  const waiting = passed !== undefined && passed > time.now ? passed : undefined;
  const nextRun =
    holds && !isExpired ? earliest([waiting, next === undefined ? undefined : atLeast(next, available)]) : undefined;
  return {
    reasons: [
      ...dated('available', schedule.available, isAvailable, ['it is available since', 'it becomes available at']),
      ...dated('expires', schedule.expires, !isExpired, ['it expires at', 'it expired at']),
    ],
    rerun: rerunReason(purpose, assignments.length, { holds, text }),
    due: fresh && holds,
    nextRun: nextRun !== undefined && (expires === undefined || nextRun < expires) ? nextRun : undefined,
    downloadFrom: downloadFrom(purpose, preDownload === true, available, earliest([last, next]), time),
  };
}

/** Rules that hold or not; a rerun that is refused keeps a user from nothing, so it is no refusal of the offer (DEP-41). */
function rerunReason(purpose: Deployment['purpose'], assignments: number, rerun: Omit<Reason, 'rule'>): Reason {
  if (purpose === 'available') {
    return { rule: 'rerun', holds: true, text: 'available: the user may run it again at any time (DEP-41)' };
  }
  if (assignments === 0) {
    return { rule: 'rerun', holds: true, text: 'without an assignment the rerun behaviour has no effect (DEP-41)' };
  }
  return { rule: 'rerun', ...rerun };
}

function dated(rule: string, date: string | undefined, holds: boolean, texts: readonly [string, string]): Reason[] {
  if (date === undefined) return [];
  const zone = date.endsWith('Z') ? '' : ' (local time)';
  return [{ rule, holds, text: `${texts[holds ? 0 : 1]} ${date}${zone}` }];
}

/**
 * Required: at the available time, or at an assignment before it (DEP-34, DEP-39). Available: only with pre-download, at the
 * available time, at once when that has passed (CACHE-08).
 */
function downloadFrom(
  purpose: Deployment['purpose'],
  preDownload: boolean,
  available: number | undefined,
  assigned: number | undefined,
  { now }: PolicyTime,
): number | undefined {
  if (purpose === 'available') return preDownload ? Math.max(available ?? now, now) : undefined;
  return assigned === undefined ? undefined : Math.min(assigned, available ?? assigned);
}

const given = (times: readonly (number | undefined)[]): number[] => times.filter((each) => each !== undefined);

function latest(times: readonly (number | undefined)[]): number | undefined {
  const all = given(times);
  return all.length === 0 ? undefined : Math.max(...all);
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const all = given(times);
  return all.length === 0 ? undefined : Math.min(...all);
}

function atLeast(instant: number, least: number | undefined): number {
  return least === undefined ? instant : Math.max(instant, least);
}
