/** Which variables step types take: those of their properties and those that steer them. */
import type { Step } from '../../model/index.ts';
import { variableKey } from '../../model/index.ts';
import { definitionOf } from '../read-step.ts';

/** Whether a step's type has a variable of this name. */
export function takes(step: Step, name: string): boolean {
  const definition = definitionOf(step);
  if (definition === undefined) return false;
  const key = variableKey(name.trim());
  if (definition.steeredBy.some((each) => variableKey(each) === key)) return true;
  const base = step.with['BaseVariableName'];
  if (typeof base === 'string' && base !== '' && key.startsWith(variableKey(base))) return true;
  return Object.values(definition.properties).some(({ variable, value }) => {
    if (variable !== undefined && variableKey(variable) === key) return true;
    if (value.kind !== 'list') return false;
    const prefix = variableKey(value.prefix);
    return key === `${prefix}COUNT` || new RegExp(`^${prefix}\\d`).test(key);
  });
}
