/**
 * Every way that a run could take: conditions and steps may be unknown, then both branches are followed and what they leave behind
 * is joined. For plan and lint; with nothing unknown it is the one way that `advance` takes.
 */
import type { SequenceItem, Step } from '../../model/index.ts';
import type { Verdict } from '../verdict.ts';
import type { ItemPath } from './path.ts';

/** What the caller knows; `S` is what steps change (variables), never changed in place. */
export interface SurveyOracle<S> {
  /** The condition of an enabled item, asked when the item is reached (ENG-02). */
  readonly decide: (item: SequenceItem, path: ItemPath, state: S) => { readonly verdict: Verdict };
  /** A step that runs or may run. `unknown`: it may fail. */
  readonly run: (
    step: Step,
    path: ItemPath,
    state: S,
  ) => { readonly outcome: 'succeeds' | 'fails' | 'unknown'; readonly state: S };
  /** What is known when it is not known which of two happened; `path` is the item in doubt. */
  readonly join: (a: S, b: S, path: ItemPath) => S;
}

/** Why an item does not surely run. `by` is the group or the step that decides. */
export type SurveyReason =
  | { readonly kind: 'disabled' }
  | { readonly kind: 'condition' }
  /** A group around it is skipped, or may be. */
  | { readonly kind: 'group'; readonly by: ItemPath }
  /** A step before it fails, or may fail. */
  | { readonly kind: 'failure'; readonly by: ItemPath };

export interface SurveyVisit<S> {
  readonly item: SequenceItem;
  readonly path: ItemPath;
  readonly decision: 'runs' | 'may run' | 'skipped' | 'not reached';
  /** Undefined for what surely runs. */
  readonly reason?: SurveyReason;
  /** What holds when it is reached; undefined where it is not, or is disabled. */
  readonly before?: S;
}

export interface Survey<S> {
  /** Every item once, in order. */
  readonly visits: readonly SurveyVisit<S>[];
  /** What holds at the end where the sequence may succeed. */
  readonly succeeds?: S;
  /** The first step by which it may fail, and what holds then. */
  readonly fails?: { readonly by: ItemPath; readonly state: S };
}

/** Where a list of items may end. */
interface Ends<S> {
  readonly done: S | undefined;
  readonly failed: { readonly by: ItemPath; readonly state: S } | undefined;
}

/** Follows all ways through the items from a first state. */
export function survey<S>(items: readonly SequenceItem[], first: S, oracle: SurveyOracle<S>): Survey<S> {
  const visits: SurveyVisit<S>[] = [];
  const { done, failed } = surveyList(items, [], first, undefined, oracle, visits);
  return {
    visits,
    ...(done === undefined ? {} : { succeeds: done }),
    ...(failed === undefined ? {} : { fails: failed }),
  };
}

/** `doubt`: why the list itself may not be reached. */
function surveyList<S>(
  items: readonly SequenceItem[],
  above: ItemPath,
  first: S,
  doubt: SurveyReason | undefined,
  oracle: SurveyOracle<S>,
  visits: SurveyVisit<S>[],
): Ends<S> {
  let now: S | undefined = first;
  let failed: Ends<S>['failed'];
  for (const [index, item] of items.entries()) {
    const path = [...above, index];
    // A failure that nothing took stands before all that follows it.
    const unsure: SurveyReason | undefined = failed ? { kind: 'failure', by: failed.by } : doubt;
    if (now === undefined) {
      leaveOut(item, path, 'not reached', unsure as SurveyReason, visits);
      continue;
    }
    const before: S = now;
    const verdict = item.enabled === false ? false : oracle.decide(item, path, before).verdict;
    if (verdict === false) {
      const reason = { kind: item.enabled === false ? 'disabled' : 'condition' } as const;
      leaveOut(item, path, 'skipped', reason, visits, item.enabled === false ? undefined : { before });
      continue;
    }
    const reason = verdict === 'unknown' ? ({ kind: 'condition' } as const) : unsure;
    visits.push({ item, path, decision: reason ? 'may run' : 'runs', before, ...(reason ? { reason } : {}) });
    const inside = verdict === 'unknown' ? ({ kind: 'group', by: path } as const) : unsure;
    const ends =
      item.kind === 'group'
        ? surveyList(item.steps, path, before, inside, oracle, visits)
        : surveyStep(item, path, before, oracle);
    const taken = item.continueOnError === true && ends.failed ? takeFailure(ends, ends.failed, path, oracle) : ends;
    const ran = taken.done;
    const maybe = verdict === 'unknown';
    now = !maybe ? ran : ran === undefined ? before : oracle.join(before, ran, path);
    if (taken.failed) {
      const { by, state } = taken.failed;
      failed = failed ? { by: failed.by, state: oracle.join(failed.state, state, by) } : taken.failed;
    }
  }
  return { done: now, failed };
}

function surveyStep<S>(step: Step, path: ItemPath, before: S, oracle: SurveyOracle<S>): Ends<S> {
  const { outcome, state } = oracle.run(step, path, before);
  return {
    done: outcome === 'fails' ? undefined : state,
    failed: outcome === 'succeeds' ? undefined : { by: path, state },
  };
}

/** continueOnError: what failed inside goes on after the item. */
function takeFailure<S>(
  { done }: Ends<S>,
  { state }: NonNullable<Ends<S>['failed']>,
  path: ItemPath,
  { join }: SurveyOracle<S>,
): Ends<S> {
  return { done: done === undefined ? state : join(done, state, path), failed: undefined };
}

/** An item that does not run, with everything in it. */
function leaveOut<S>(
  item: SequenceItem,
  path: ItemPath,
  decision: 'skipped' | 'not reached',
  reason: SurveyReason,
  visits: SurveyVisit<S>[],
  more: { readonly before?: S } = {},
): void {
  visits.push({ item, path, decision, reason, ...more });
  if (item.kind === 'step') return;
  const inside: SurveyReason = decision === 'skipped' ? { kind: 'group', by: path } : reason;
  for (const [index, inner] of item.steps.entries()) leaveOut(inner, [...path, index], decision, inside, visits);
}
