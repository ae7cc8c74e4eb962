/** What goes into the evaluation of conditions, and what comes out. */
import type { MachineFacts } from '../facts.ts';
import type { VariableLookup } from '../variables/state.ts';
import type { Verdict } from '../verdict.ts';

/** What conditions are evaluated against. */
export interface ConditionEnvironment {
  readonly variable: VariableLookup;
  /** Of the moment: `runningSystem` is Windows PE while Windows PE runs. */
  readonly facts: MachineFacts;
}

export interface Evaluation {
  readonly verdict: Verdict;
  /** The condition in words. */
  readonly text: string;
  /** The value that decided, or why it is unknown; never a hidden value. Empty for operators: their parts say it. */
  readonly why: string;
  readonly parts: readonly Evaluation[];
}

/** What a kind of condition finds: the verdict and its reason. */
export type Finding = Pick<Evaluation, 'verdict' | 'why'>;
