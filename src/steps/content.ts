/** What a step refers to, and which of its properties are secrets. */
import type { ObjectKind, PropertyValue, Step } from '../model/index.ts';
import { isStepType, stepType } from './look-up.ts';
import type { StepPath } from './check.ts';
import type { PropertySpec, StepDefinition } from './types.ts';
import { holdsVariable } from './value-text.ts';

export interface ContentReference {
  readonly property: string;
  /** From the step to the value. */
  readonly path: StepPath;
  /** Name or id. */
  readonly reference: string;
  /** The kinds of object that it may name. */
  readonly to: readonly ObjectKind[];
}

/**
 * The objects that a step names. Values with a `%VARIABLE%` are known at run time only and left out; so are empty
 * ones.
 */
export function contentReferences(step: Step): ContentReference[] {
  if (!isStepType(step.type)) return [];
  return Object.entries(stepType(step.type).definition.properties).flatMap(([property, spec]) => {
    const value = step.with[property];
    return value === undefined ? [] : referencesIn(property, spec, value, ['with', property]);
  });
}

function referencesIn(property: string, spec: PropertySpec, value: PropertyValue, path: StepPath): ContentReference[] {
  const kind = spec.value;
  if (kind.kind === 'reference' && typeof value === 'string') return named(property, value, kind.to, path);
  if (kind.kind === 'references') {
    if (typeof value === 'string') return value.split(',').flatMap((part) => named(property, part, kind.to, path));
    if (!Array.isArray(value)) return [];
    return (value as readonly unknown[]).flatMap((part, index) =>
      typeof part === 'string' ? named(property, part, kind.to, [...path, index]) : [],
    );
  }
  if (kind.kind !== 'list' || !Array.isArray(value)) return [];
  return (value as readonly Readonly<Record<string, PropertyValue>>[]).flatMap((item, index) =>
    Object.entries(kind.item).flatMap(([name, itemSpec]) => {
      const part = item[name];
      return part === undefined ? [] : referencesIn(property, itemSpec, part, [...path, index, name]);
    }),
  );
}

function named(property: string, value: string, to: readonly ObjectKind[], path: StepPath): ContentReference[] {
  const reference = value.trim();
  return reference === '' || holdsVariable(reference) ? [] : [{ property, path, reference, to }];
}

/** Names of the properties whose values are secrets: left blank in exports, `!secret` in the site. */
export function secretProperties(definition: StepDefinition): string[] {
  return Object.entries(definition.properties).flatMap(([name, spec]) => (spec.secret === undefined ? [] : [name]));
}
