/** Options and properties of a step as commands take them, made into a change of the step's file (EDIT-07). */
import * as z from 'zod';
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError } from '../core/index.ts';
import type { PlainData } from '../sequence/index.ts';
import { conditionFromText, ITEM_KEYS, type ItemChanges, propertyFromText, propertyNamed } from '../site/index.ts';
import { holdsVariable } from '../steps/index.ts';
import { appCode } from './codes.ts';
import { type GivenSecrets, secretsInput } from './given-secrets.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

const count = z.number().int().min(0);
const clearable = [
  'description',
  'condition',
  'timeout',
  'retry-count',
  'success-codes',
  'run-in',
  'start-in',
] as const;

/** Options that every item has. */
export const commonOptionsInput = {
  description: z.string().optional(),
  /** YAML: a list of conditions, or one. */
  condition: z.string().optional(),
  conditionFile: z.string().optional(),
  continueOnError: z.boolean().optional(),
};

export const stepOptionsInput = {
  ...commonOptionsInput,
  runIn: z.enum(['WinPE', 'FullOS', 'WinPEandFullOS']).optional(),
  timeout: count.optional(),
  retryCount: count.optional(),
  successCodes: z.array(z.number().int()).optional(),
  startIn: z.string().optional(),
  /** NAME=VALUE. */
  set: z.array(z.string()).default([]),
  /** NAME=FILE: a script, or YAML of a list or rules. */
  setFile: z.array(z.string()).default([]),
  /** Names of properties to remove. */
  unset: z.array(z.string()).default([]),
  clear: z.array(z.enum(clearable, { error: `one of ${clearable.join(', ')}` })).default([]),
  ...secretsInput,
};

const stepOptions = z.object(stepOptionsInput);
export type StepOptions = z.output<typeof stepOptions>;
type CommonOptions = Pick<StepOptions, keyof typeof commonOptionsInput>;

/** The options of any item as a change. Throws InputError for a condition that is no YAML. */
export async function commonChanges(given: CommonOptions): Promise<ItemChanges> {
  const { description, condition, conditionFile, continueOnError } = given;
  const text = conditionFile === undefined ? condition : await readText(conditionFile);
  return {
    ...(description === undefined ? {} : { description }),
    ...(continueOnError === undefined ? {} : { continueOnError }),
    ...(text === undefined ? {} : { condition: conditionFromText(text) }),
  };
}

/**
 * The options of a step of a type as a change; `seal` makes its secrets what the file may hold. Throws InputError:
 * `APP_SECRET_IN_ARGV` for a secret among `--set`.
 */
export async function stepChanges(
  type: string,
  given: StepOptions,
  seal: (secrets: GivenSecrets) => Promise<ReadonlyMap<string, PlainData>>,
): Promise<ItemChanges> {
  const { runIn, timeout, retryCount, successCodes, startIn } = given;
  const options = { runIn, timeout, retryCount, successCodes, startIn };
  const properties: Record<string, PlainData | null> = {};
  for (const name of given.unset) properties[propertyNamed(type, name).name] = null;
  for (const [name, text] of pairs('set', given.set))
    properties[propertyNamed(type, name).name] = plain(type, name, text);
  for (const [name, path] of pairs('set-file', given.setFile)) {
    const { name: property, spec } = propertyNamed(type, name);
    properties[property] = propertyFromText(spec, property, await readText(path));
  }
  for (const [name, sealed] of await seal(given)) properties[propertyNamed(type, name).name] = sealed;
  const cleared = given.clear.map((key) => [
    key.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    null,
  ]);
  return {
    ...(await commonChanges(given)),
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    ...(Object.fromEntries(cleared) as ItemChanges),
    ...(Object.keys(properties).length === 0 ? {} : { with: properties }),
  };
}

/** A new item in the form of the file, keys in their order. */
export function itemData(
  head: Readonly<Record<string, PlainData>>,
  changes: ItemChanges,
): Readonly<Record<string, PlainData>> {
  const data: Readonly<Record<string, PlainData | null | undefined>> = { ...head, ...changes };
  const properties = Object.entries(changes.with ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(
    ITEM_KEYS.flatMap((key): [string, PlainData][] => {
      if (key === 'with') return properties.length === 0 ? [] : [[key, Object.fromEntries(properties)]];
      const value = data[key];
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
}

function plain(type: string, name: string, text: string): PlainData {
  const { name: property, spec } = propertyNamed(type, name);
  if (spec?.secret === true && text !== '' && !holdsVariable(text)) {
    throw new InputError(appCode.APP_SECRET_IN_ARGV, `--set ${property}: this property is a secret`, {
      details: { property },
      hint: `Use --secret ${property} to type it, or --secret-file ${property}=FILE.`,
    });
  }
  return propertyFromText(spec, property, text);
}

/** `NAME=VALUE` parted. Throws InputError (`APP_OPTION`), without the text: it may be a secret in the wrong place. */
export function pairs(option: string, given: readonly string[]): [string, string][] {
  return given.map((text) => {
    const equals = text.indexOf('=');
    if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
    throw new InputError(
      appCode.APP_OPTION,
      `--${option}: NAME=${option.endsWith('file') ? 'FILE' : 'VALUE'} is expected`,
      {
        hint: 'For example --set CommandLine="cmd /c ver"',
      },
    );
  });
}

async function readText(path: string): Promise<string> {
  const text = utf8Text(await readToEnd(path, 1024 * 1024));
  if (text !== undefined) return text;
  throw new InputError(appCode.APP_OPTION, `${path}: is not UTF-8 text`, { details: { path }, hint: saveAsUtf8 });
}
