/** All built-in variables: names, meanings, who sets them. */
import { variableKey } from '../../model/index.ts';
import { READ_ONLY_VARIABLES } from './builtin-readonly.ts';
import { SETTABLE_VARIABLES } from './builtin-settable.ts';
import type { BuiltinVariable } from './builtin-types.ts';

/** By name in the order of the alphabet, read-only ones first. */
export const BUILTIN_VARIABLES: readonly BuiltinVariable[] = [...READ_ONLY_VARIABLES, ...SETTABLE_VARIABLES];

const byKey = new Map(BUILTIN_VARIABLES.map((variable) => [variableKey(variable.name), variable]));

/** A family of names, each a secret: `_SMSTSReserved1-000`. */
const RESERVED = /^_SMSTSRESERVED\d/;

/** The built-in variable of a name, without case. */
export function builtinVariable(name: string): BuiltinVariable | undefined {
  const key = variableKey(name.trim());
  if (RESERVED.test(key)) {
    return { name: name.trim(), meaning: 'Account for access to the network', setBy: 'policy', secret: true };
  }
  return byKey.get(key);
}

/** Names that start with `_` belong to the engine, known or not (VAR-11). */
export function isReadOnlyVariable(name: string): boolean {
  return name.trim().startsWith('_');
}
