/** What a task sequence does to a computer, child sequences included: why it is high risk, why it is high impact (HI-02, DEP-08). */
import type { NodePath, Site, SiteObject, Step } from '../model/index.ts';
import { isStepType, type StepEffect, stepType } from '../steps/index.ts';
import { circlesOf } from './circles.ts';
import { forEachStep } from './parse-file.ts';
import { referencesOf } from './references.ts';

export type SequenceObject = SiteObject<'taskSequence'>;

/** A step that runs, with the sequence that it is in. */
export interface FoundStep {
  readonly sequence: SequenceObject;
  readonly path: NodePath;
  readonly step: Step;
}

const own = new WeakMap<object, readonly FoundStep[]>();

/** The enabled steps of a sequence itself. */
export function enabledSteps(sequence: SequenceObject): readonly FoundStep[] {
  const known = own.get(sequence.value);
  if (known) return known;
  const steps: FoundStep[] = [];
  forEachStep(sequence.value.steps, ['steps'], (step, path, enabled) => {
    if (enabled) steps.push({ sequence, path, step });
  });
  own.set(sequence.value, steps);
  return steps;
}

interface Children {
  readonly bySequence: Map<SequenceObject, readonly SequenceObject[]>;
  circles?: ReadonlySet<SequenceObject>;
}

/** Which sequence runs which is found once for a site. */
const children = new WeakMap<Site, Children>();

function childrenIn(site: Site): Children {
  const known = children.get(site) ?? { bySequence: new Map() };
  children.set(site, known);
  return known;
}

/** The sequences that the enabled steps of one run. */
export function childrenOf(site: Site, sequence: SequenceObject): readonly SequenceObject[] {
  const { bySequence } = childrenIn(site);
  const known = bySequence.get(sequence);
  if (known) return known;
  const found = referencesOf('taskSequence', sequence.value).flatMap(({ to, text, enabled }) => {
    const child = enabled && to.includes('taskSequence') ? site.find('taskSequence', text) : undefined;
    return child && child.value !== undefined ? [child] : [];
  });
  const each = [...new Set(found)];
  bySequence.set(sequence, each);
  return each;
}

/** The sequences that run themselves through their children. */
export function sequencesInCircles(site: Site): ReadonlySet<SequenceObject> {
  const known = childrenIn(site);
  known.circles ??= new Set(circlesOf(site.all('taskSequence'), (each) => childrenOf(site, each)).flat());
  return known.circles;
}

/** The sequence and all that it runs, each once; circles end. */
export function withChildren(site: Site, sequence: SequenceObject): SequenceObject[] {
  const found = new Set<SequenceObject>();
  const queue = [sequence];
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...childrenOf(site, next));
  }
  return [...found];
}

/** The enabled steps with one of the effects, child sequences included, in the order of the walk. */
export function stepsWith(site: Site, sequence: SequenceObject, effects: readonly StepEffect[]): FoundStep[] {
  return withChildren(site, sequence).flatMap((each) =>
    enabledSteps(each).filter(
      ({ step }) =>
        isStepType(step.type) && stepType(step.type).definition.effects.some((effect) => effects.includes(effect)),
    ),
  );
}

/** Effects that make a sequence high impact without a mark (HI-02). */
const HIGH_IMPACT: readonly StepEffect[] = ['applies-system', 'upgrades-system', 'partitions-disk', 'runs-sysprep'];
/** Effects that deploy an operating system (DEP-08). */
const DEPLOYS: readonly StepEffect[] = ['applies-system', 'upgrades-system'];

/** The steps because of which a sequence is high impact; empty: only its mark may make it so. */
export function highImpactSteps(site: Site, sequence: SequenceObject): FoundStep[] {
  return stepsWith(site, sequence, HIGH_IMPACT);
}

/** The steps that deploy an operating system. */
export function deployingSteps(site: Site, sequence: SequenceObject): FoundStep[] {
  return stepsWith(site, sequence, DEPLOYS);
}
