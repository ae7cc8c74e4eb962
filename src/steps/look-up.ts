/** Finding step types. */
import { InputError, nearestNames } from '../core/index.ts';
import { allStepTypes } from './all.ts';
import { stepCode } from './codes.ts';
import type { StepType } from './types.ts';

/** Every step type, in the order of configmgr-formats 4.6. */
export const stepTypes: readonly StepType[] = allStepTypes;

/** Also what the console's names had been: matched without case, spaces and hyphens. */
function key(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

const byName = new Map(stepTypes.map((type) => [type.definition.name, type]));
const byAnyName = new Map(
  stepTypes.flatMap((type) => {
    const { name, title, wizardNames, type: xmlType } = type.definition;
    const names = [name, title, ...wizardNames, ...(xmlType === undefined ? [] : [xmlType])];
    return names.map((known) => [key(known), type] as const);
  }),
);
const byXml = new Map(stepTypes.map((type) => [type.definition.type, type]));

/** The type of this definition name (`run-command-line`). Throws InputError `STEP_TYPE_UNKNOWN`. */
export function stepType(name: string): StepType {
  const found = byName.get(name);
  if (found === undefined) throw unknownType(name);
  return found;
}

/** Whether a definition has this name. */
export function isStepType(name: string): boolean {
  return byName.has(name);
}

/**
 * The type that a person means: definition name, title in the console, name that a wizard gives, or type in XML;
 * case, spaces and hyphens do not count (TPL-06). Throws InputError `STEP_TYPE_UNKNOWN` with the nearest names.
 */
export function stepTypeNamed(name: string): StepType {
  const found = findStepType(name);
  if (found === undefined) throw unknownType(name);
  return found;
}

/** As `stepTypeNamed`, undefined where there is none: the nearest names take time. */
export function findStepType(name: string): StepType | undefined {
  return byAnyName.get(key(name));
}

const knownNames = stepTypes.flatMap(({ definition }) => [
  definition.name,
  definition.title,
  ...definition.wizardNames,
]);

function unknownType(name: string): InputError {
  const near = nearestNames(name, knownNames);
  return new InputError(stepCode.STEP_TYPE_UNKNOWN, `there is no step type ${JSON.stringify(name.slice(0, 100))}`, {
    details: { type: name.slice(0, 100) },
    hint: near.length === 0 ? 'The table in src/steps/README.md lists them all.' : `Did you mean ${near.join(', ')}?`,
  });
}

/** The type of a `type` attribute in XML; for undefined the untyped step of MDT. Undefined when it is not known. */
export function stepTypeOfXml(type: string | undefined): StepType | undefined {
  return byXml.get(type);
}
