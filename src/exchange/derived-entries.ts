/** What the steps of a sequence put into its `referenceList` and `globalVarList` (configmgr-formats 4.1, 4.3). */
import type { SequenceItem, Step } from '../model/index.ts';
import {
  contentReferences,
  isStepType,
  stepType,
  variablesOf,
  type ContentReference,
  type PropertySpec,
  type StepDefinition,
  type VariableOptions,
} from '../steps/index.ts';
import type { DerivedEntry } from './derived-lists.ts';
import type { Form } from './item-attributes.ts';
import { element, type Attribute } from './xml-write.ts';

type Options = Pick<VariableOptions, 'referenceId'>;

/** Every step of a known type, in the order of the sequence. */
export function knownSteps(items: readonly SequenceItem[]): Step[] {
  return items.flatMap((item) => {
    if (item.kind === 'group') return knownSteps(item.steps);
    return isStepType(item.type) ? [item] : [];
  });
}

/** Each object once, in the order of first use, disabled steps included; MDT has no such list. */
export function referenceEntries(steps: readonly SequenceItem[], form: Form, options: Options = {}): DerivedEntry[] {
  if (form === 'mdt') return [];
  const entries = knownSteps(steps).flatMap((step) =>
    contentReferences(step).map((reference) => referenceEntry(step, reference, options)),
  );
  return firstOfKey(entries);
}

function referenceEntry(step: Step, { property, reference, to }: ContentReference, options: Options): DerivedEntry {
  const id = options.referenceId?.(reference, to) ?? reference;
  if (to.length === 1 && to[0] === 'application') {
    return { key: `application=${id}`, element: element('reference', [['application', id]]) };
  }
  // The program that Install Package runs belongs to the reference.
  const program = property === 'PackageID' ? step.with['ProgramName'] : undefined;
  const attributes: Attribute[] = [
    ['package', id],
    ['program', typeof program === 'string' && program !== '' ? program : undefined],
  ];
  const key = attributes.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])).join(' ');
  return { key, element: element('reference', attributes) };
}

/** Variables that count outside their step, too; not hidden there. */
export function globalEntries(steps: readonly SequenceItem[], form: Form, options: Options = {}): DerivedEntry[] {
  const entries = knownSteps(steps).flatMap((step) => {
    const names = globalNames(stepType(step.type).definition, form);
    if (names.size === 0) return [];
    return variablesOf(step, { ...options, form }).flatMap(({ name, property, value }): DerivedEntry[] => {
      if (!names.has(name) || typeof value !== 'string') return [];
      const attributes: Attribute[] = [
        ['name', name],
        ['property', property],
      ];
      return [{ key: `name=${name}`, element: element('variable', attributes, value) }];
    });
  });
  return firstOfKey(entries);
}

function globalNames({ type, properties }: StepDefinition, form: Form): ReadonlySet<string | undefined> {
  // MDT's editor writes all of Install Operating System twice.
  const all = form === 'mdt' && type === 'BDD_InstallOS';
  const specs = Object.values(properties).filter((spec) => all || spec.global === true);
  return new Set(specs.flatMap(variableNames));
}

function variableNames({ value, variable, mdtVariable }: PropertySpec): (string | undefined)[] {
  if (value.kind === 'list') return [value.count.variable];
  return [variable, mdtVariable === false ? undefined : mdtVariable].filter((name) => name !== undefined);
}

/** Each key where it stands first. */
function firstOfKey(entries: readonly DerivedEntry[]): DerivedEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ key }) => !seen.has(key) && seen.add(key));
}
