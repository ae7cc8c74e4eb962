/**
 * Task sequence variables: names without case, `_` names read-only to the user, values of at most 4000 characters
 * (configmgr-formats 6.1; behaviours VAR-11).
 */
import { InputError, Secret } from '../core/index.ts';
import { modelCode } from './codes.ts';

export interface Variable {
  /** As written; compared without case. */
  readonly name: string;
  readonly value: string | Secret;
}

const maximumName = 256;
const maximumValue = 4000;

/** The key under which two names are the same variable. */
export function variableKey(name: string): string {
  return name.toUpperCase();
}

/**
 * The trimmed name, checked. Throws InputError: `MODEL_VARIABLE_READ_ONLY` for `_` names, `MODEL_VARIABLE_NAME` for any
 * other breach. `place` says where it was given.
 */
export function checkVariableName(name: string, place: string): string {
  const trimmed = name.trim();
  if (trimmed.startsWith('_')) {
    throw new InputError(modelCode.MODEL_VARIABLE_READ_ONLY, `${place}: ${trimmed} is a read-only system variable`, {
      details: { variable: trimmed },
      hint: 'Names that start with _ are set by the engine while it runs. Choose another name.',
    });
  }
  if (trimmed.length > maximumName || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(trimmed)) {
    throw new InputError(modelCode.MODEL_VARIABLE_NAME, `${place}: ${JSON.stringify(trimmed)} is not a variable name`, {
      details: { variable: trimmed.slice(0, maximumName) },
      hint: `A name starts with a letter and has 1 to ${maximumName} letters, digits, _ and -.`,
    });
  }
  return trimmed;
}

/** Throws InputError (`MODEL_VARIABLE_VALUE`) for a value that is too long or holds NUL. Never shows the value. */
export function checkVariableValue(name: string, value: string, place: string): void {
  const why =
    value.length > maximumValue
      ? `its value has ${value.length} characters, at most ${maximumValue} are allowed`
      : value.includes('\0')
        ? 'its value holds a NUL character'
        : undefined;
  if (why !== undefined) {
    throw new InputError(modelCode.MODEL_VARIABLE_VALUE, `${place}: ${name}: ${why}`, { details: { variable: name } });
  }
}

/**
 * Variables as a list sorted by key. Throws InputError for a bad name or value, and (`MODEL_VARIABLE_TWICE`) when a name is
 * given twice in one place; `lists` are given weakest first, a later list wins over an earlier one.
 */
export function mergeVariables(lists: readonly { place: string; variables: readonly Variable[] }[]): Variable[] {
  const merged = new Map<string, Variable>();
  for (const { place, variables } of lists) {
    const seen = new Set<string>();
    for (const variable of variables) {
      const name = checkVariableName(variable.name, place);
      checkVariableValue(name, revealed(variable), place);
      const key = variableKey(name);
      if (seen.has(key)) {
        throw new InputError(modelCode.MODEL_VARIABLE_TWICE, `${place}: ${name} is given twice`, {
          details: { variable: name },
          hint: 'Names are compared without case.',
        });
      }
      seen.add(key);
      merged.set(key, { name, value: variable.value });
    }
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, variable]) => variable);
}

/** Whether the value of a variable is a secret. */
export function isSecret(variable: Variable): variable is Variable & { readonly value: Secret } {
  return variable.value instanceof Secret;
}

/** The value itself, secret or not; call it only where it is sealed or used. */
export function revealed(variable: Variable): string {
  return variable.value instanceof Secret ? variable.value.reveal() : variable.value;
}
