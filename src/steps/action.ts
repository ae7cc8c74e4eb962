/** The command line of a step: the text of `action` (configmgr-formats 4.6). */
import type { Step } from '../model/index.ts';
import type { PropertyTexts } from './command-line.ts';
import { dialectOf, spelling } from './dialect.ts';
import { stepType } from './look-up.ts';
import type { Dialect, StepDefinition, StepType } from './types.ts';
import { COMMAND_PROPERTY } from './universal.ts';
import { valueText, type VariableOptions } from './variables-of.ts';

/**
 * The command line that a step's properties give; an import's own (`extra.action`) where nothing explains it. Throws
 * InputError for an unknown type.
 */
export function actionOf(step: Step, options: VariableOptions = {}): string {
  if (step.extra?.action !== undefined) return step.extra.action;
  const type = stepType(step.type);
  return actionText(type, step.with, dialectOf(step.with, type.definition, options.form), options);
}

/** The command line in a dialect that is known. */
export function actionText(
  { definition, configmgr }: StepType,
  values: Step['with'],
  dialect: Dialect,
  options: VariableOptions = {},
): string {
  const texts = textsOf(definition, values, options);
  const mdt = dialect !== 'configmgr';
  const own = values[COMMAND_PROPERTY];
  if (typeof own === 'string' && definition.properties[COMMAND_PROPERTY] === undefined) {
    if (mdt) return own;
    if (definition.origin === 'mdt') return packagePrefix(texts) + own;
  }
  return (mdt ? (configmgr.mdtAction ?? configmgr.action) : configmgr.action)(texts);
}

/**
 * Whether a dialect's command line may be any: MDT's editor lets people change it for every type, and in ConfigMgr
 * those of MDT's steps differ. What comes before it, then, is given.
 */
export function freeCommand(
  { definition }: StepType,
  values: Step['with'],
  dialect: Dialect,
): { readonly before: string } | undefined {
  const command = definition.properties[COMMAND_PROPERTY];
  if (command !== undefined) return spelling(dialect).nameOf(command) === undefined ? { before: '' } : undefined;
  if (dialect !== 'configmgr') return { before: '' };
  return definition.origin === 'mdt' ? { before: packagePrefix(textsOf(definition, values, {})) } : undefined;
}

function packagePrefix(texts: PropertyTexts): string {
  return `smsswd.exe /run:${texts['PackageID'] ?? texts['BDDPackageID'] ?? ''} `;
}

function textsOf(definition: StepDefinition, values: Step['with'], options: VariableOptions): PropertyTexts {
  return Object.fromEntries(
    Object.entries(definition.properties).map(([property, spec]) => {
      const value = values[property];
      const text = value === undefined ? undefined : valueText(spec, value, options);
      return [property, typeof text === 'string' ? text : undefined];
    }),
  );
}
