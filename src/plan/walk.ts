/** The walk: every item once, what decides it, what it finds and leaves behind; both branches of what is not known. */
import type { SequenceItem, Site, SiteObject, Step } from '../model/index.ts';
import {
  type Evaluation,
  evaluateAll,
  type ItemPath,
  itemAt,
  type MachineFacts,
  showPath,
  survey,
  type SurveyVisit,
} from '../sequence/index.ts';
import { wholeSequence, type WholeSequence } from './children.ts';
import { contentOf, type ContentObject } from './content.ts';
import { planCode } from './codes.ts';
import { effectiveStep, type EffectiveStep } from './effective.ts';
import { found, type Found } from './findings.ts';
import { neededEnvironment, STEP_RULES } from './rules/index.ts';
import { afterAction, setByStep } from './set-variables.ts';
import { afterStep, restartOf, type Restart } from './step-effects.ts';
import { factsOfMoment, joinStates, lookupOf, type RunState, type WinPE } from './state.ts';
import type { PlanMedium } from './types.ts';

/** What is known of a step that is reached. */
export interface ReachedStep {
  readonly effective: EffectiveStep;
  readonly before: RunState;
  readonly after: RunState;
  readonly findings: readonly Found[];
  readonly content: readonly ContentObject[];
  readonly restart: Restart;
}

export interface Walked {
  readonly whole: WholeSequence;
  readonly visits: readonly SurveyVisit<RunState>[];
  /** By place; of enabled items that are reached. */
  readonly conditions: ReadonlyMap<string, Evaluation>;
  readonly steps: ReadonlyMap<string, ReachedStep>;
  /** Findings of groups that stand for child sequences. */
  readonly groups: ReadonlyMap<string, readonly Found[]>;
  readonly end: RunState | undefined;
}

export interface WalkInput {
  readonly site: Site;
  readonly sequence: SiteObject<'taskSequence'>;
  readonly facts: MachineFacts;
  readonly medium: PlanMedium;
  readonly first: RunState;
  readonly winPE: WinPE;
}

/**
 * Walks the sequence, its child sequences in their places. A step that would fail is taken to succeed, so that everything wrong is
 * told at once; who reads the result knows from its findings where the run stops.
 */
export function walkSequence({ site, sequence, facts, medium, first, winPE }: WalkInput): Walked {
  const whole = wholeSequence(site, sequence);
  const conditions = new Map<string, Evaluation>();
  const steps = new Map<string, ReachedStep>();
  const groups = new Map<string, readonly Found[]>();
  const moment = (state: RunState): MachineFacts => factsOfMoment(state, facts, winPE);
  const nameOf = (path: ItemPath): string => itemAt(whole.items, path)?.name ?? '';
  const { visits, succeeds } = survey<RunState>(whole.items, first, {
    decide: (item, path, state) => {
      const evaluation = evaluateAll(item.condition, { variable: lookupOf(state), facts: moment(state) });
      conditions.set(showPath(path), evaluation);
      const child = whole.children.get(item);
      if (child?.why !== undefined) groups.set(showPath(path), [found('error', planCode.PLAN_REFERENCE, child.why)]);
      return evaluation;
    },
    run: (original, path, before) => {
      const effective = effectiveStep(original, before);
      const { step, missing: missingVariables } = effective;
      const taken = contentOf(site, step, effective.listed);
      const context = { site, sequence, medium, original, step, missingVariables, state: before, facts, nameOf };
      const set = setByStep(step, original, path, before, moment(before));
      const findings = [
        ...STEP_RULES.flatMap((rule) => rule(context)),
        ...taken.missing.map((message) => found('error', planCode.PLAN_REFERENCE, message)),
        ...set.findings,
      ];
      const takesContent = taken.objects.length > 0;
      const effects = { takesContent, firmware: facts.firmware };
      const after = afterAction(narrowed(step, afterStep(site, step, path, set.state, effects)), step, path);
      steps.set(showPath(path), {
        effective,
        before,
        after,
        findings,
        content: taken.objects,
        restart: restartOf(step, before),
      });
      return { outcome: 'succeeds', state: after };
    },
    join: joinStates,
  });
  return { whole, visits, conditions, steps, groups, end: succeeds };
}

/** After a step that runs in one environment alone, and has run, the run is known to be there. */
function narrowed(step: Step, state: RunState): RunState {
  if (state.environment !== 'unknown') return state;
  const needed = neededEnvironment(step);
  return needed === undefined ? state : { ...state, environment: needed };
}

/** The groups around an item, outermost first, and it itself. */
export function chainOf(items: readonly SequenceItem[], path: ItemPath): SequenceItem[] {
  return path.flatMap((_, depth) => itemAt(items, path.slice(0, depth + 1)) ?? []);
}
