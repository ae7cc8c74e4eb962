/** What a rule is asked: one step at the moment when it is reached. */
import type { Site, SiteObject, Step } from '../../model/index.ts';
import type { MachineFacts } from '../../sequence/index.ts';
import type { Found } from '../findings.ts';
import type { RunState } from '../state.ts';
import type { PlanMedium } from '../types.ts';

export interface StepContext {
  readonly site: Site;
  readonly sequence: SiteObject<'taskSequence'>;
  readonly medium: PlanMedium;
  /** As it stands in the sequence. */
  readonly original: Step;
  /** With what holds now. */
  readonly step: Step;
  readonly missingVariables: readonly string[];
  /** Before it. */
  readonly state: RunState;
  /** As given for the plan: the device before the run. */
  readonly facts: MachineFacts;
  /** The name of any step by its path, for messages. */
  readonly nameOf: (path: readonly number[]) => string;
}

export type StepRule = (context: StepContext) => readonly Found[];
