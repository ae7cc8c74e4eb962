/** Whether a task sequence can run at all (DEP-04, IO-17): every reference resolves, no enabled step is unknown, no circle. */
import { isStepType } from '../steps/index.ts';
import type { NodePath } from '../model/index.ts';
import { referenceProblem, referencesOf } from './references.ts';
import { enabledSteps, type SequenceObject, sequencesInCircles, withChildren } from './sequence-effects.ts';
import type { SiteIndex } from './site-index.ts';

export interface Obstacle {
  readonly sequence: SequenceObject;
  readonly path: NodePath;
  readonly message: string;
}

/** Everything that keeps a sequence from being deployed; empty: it can be. */
export function obstaclesOf(site: SiteIndex, sequence: SequenceObject): Obstacle[] {
  return withChildren(site, sequence).flatMap((each) => [
    ...referencesOf('taskSequence', each.value).flatMap((reference): Obstacle[] => {
      const problem = reference.enabled ? referenceProblem(site, reference, 'error') : undefined;
      return problem ? [{ sequence: each, path: reference.path, message: problem.message }] : [];
    }),
    ...enabledSteps(each).flatMap(({ path, step }): Obstacle[] => {
      if (step.type !== 'unknown' && isStepType(step.type)) return [];
      const type = step.type === 'unknown' ? (step.extra?.type ?? 'none') : step.type;
      return [{ sequence: each, path, message: `the step ${JSON.stringify(step.name)} has the unknown type ${type}` }];
    }),
    ...(sequencesInCircles(site).has(each)
      ? [{ sequence: each, path: [], message: `${each.name} runs itself through its child sequences` }]
      : []),
  ]);
}
