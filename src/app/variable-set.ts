/** `variable set`: variables of a device or a collection (VAR-03), plain, hidden (VAR-04) or sealed. */
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import { checkVariableName, checkVariableValue, isPasswordVariable, type SealedText } from '../model/index.ts';
import { setCsvVariable, setVariableIn, type VariableChange } from '../site/index.ts';
import { appCode } from './codes.ts';
import { sealedSecrets, secretsInput } from './given-secrets.ts';
import { changeOf, type ChangedSite, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';
import { openOwner, ownerInput, type VariableOwner } from './variable-owner.ts';

const useCaseName = 'variable set';

export interface ChangedVariables extends ChangedSite {
  readonly owner: { readonly kind: 'device' | 'collection'; readonly name: string; readonly file: string };
  readonly variables: readonly string[];
}

export const variableSet = useCase({
  name: useCaseName,
  summary: 'set task sequence variables of a device or collection',
  effect: 'write',
  input: z.strictObject({
    ...ownerInput,
    ...secretsInput,
    /** NAME=VALUE; a NAME alone keeps its value, for `hidden`. */
    variables: z.array(z.string().min(1)).default([]),
    hidden: z.boolean().default(false),
    visible: z.boolean().default(false),
    plan: z.boolean().default(false),
  }),
  async run(input, _services, context: OperationContext): Promise<ChangedVariables> {
    const { hidden, visible, plan } = input;
    if (hidden && visible) throw new InputError(appCode.APP_OPTION, '--hidden and --visible are given, both');
    const owner = await openOwner(useCaseName, input, context);
    const mask = hidden || visible ? { hidden } : {};
    const plain = input.variables.map((text) => ({ ...parted(text), ...mask }));
    const sealed = [...(await sealedSecrets(owner.opened.site, input))].map(([name, value]) => ({ name, value }));
    const changes: VariableChange[] = [...plain, ...sealed].map((change) => ({
      ...change,
      name: checkVariableName(change.name, owner.object.name),
    }));
    if (changes.length === 0) {
      throw new InputError(appCode.APP_OPTION, `${useCaseName}: no variable is given`, {
        hint: 'Give NAME=VALUE, or --secret NAME.',
      });
    }
    const after = changes.reduce((text, change) => withVariable(owner, text, change), owner.text);
    return written(owner, after, changes, { plan }, context);
  },
});

/** Throws InputError (`APP_VARIABLE_SECRET_IN_ARGV`) for a variable that is a password by nature. */
function parted(text: string): VariableChange {
  const equals = text.indexOf('=');
  if (equals < 0) return { name: text };
  const name = text.slice(0, equals);
  const value = text.slice(equals + 1);
  if (isPasswordVariable(name) && value !== '') {
    throw new InputError(appCode.APP_VARIABLE_SECRET_IN_ARGV, `${name} holds a password`, {
      details: { variable: name },
      hint: `Use --secret ${name} to type it, or --secret-file ${name}=FILE.`,
    });
  }
  checkVariableValue(name, value, useCaseName);
  return { name, value };
}

function withVariable({ object }: VariableOwner, text: string, change: VariableChange): string {
  if (object.file !== 'devices.csv') return setVariableIn(text, change);
  const { name, value, hidden } = change;
  if (typeof value === 'string' && hidden !== true) return setCsvVariable(text, object.name, name, value);
  throw cannotHold(object.name, name, value);
}

/** devices.csv has plain values alone. */
function cannotHold(device: string, name: string, value: string | SealedText | undefined): InputError {
  const what = typeof value === 'object' ? 'a secret' : 'a hidden value';
  return new InputError(appCode.APP_OPTION, `${device} stands in devices.csv, which cannot hold ${what}: ${name}`, {
    hint: 'Give the device a file of its own in devices/, or the variable to a collection.',
  });
}

/** The result of a change of an owner's file. */
export async function written(
  { opened, object }: VariableOwner,
  after: string,
  changes: readonly { readonly name: string }[],
  options: { readonly plan: boolean },
  context: OperationContext,
): Promise<ChangedVariables> {
  const changed = await changeSite(opened, [changeOf(opened, object.file, after)], options, context);
  return {
    owner: { kind: object.kind, name: object.name, file: object.file },
    variables: changes.map(({ name }) => name),
    ...changed,
  };
}
