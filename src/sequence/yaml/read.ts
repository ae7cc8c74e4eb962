/** Reading plain data (what YAML gives) key by key: each breach becomes a problem with its path, nothing is thrown. */
import { nearestHint } from '../../core/index.ts';
import type { SealedText } from '../../model/index.ts';
import { sequenceCode } from '../codes.ts';
import { type DataPath, type ReadContext, report } from '../path-problem.ts';

export type Mapping = Readonly<Record<string, unknown>>;

/** In words what kind of data this is. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return isSealed(value) ? 'a secret' : 'a mapping';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 60))}`;
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? `the value ${value}` : `a ${typeof value}`;
}

function wrong(context: ReadContext, path: DataPath, expected: string, found: unknown): undefined {
  report(context, sequenceCode.SEQUENCE_VALUE, path, `${named(path)}: expected ${expected}, found ${kindOf(found)}`);
  return undefined;
}

/** The end of a path in words. */
export function named(path: DataPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'the value';
  return typeof last === 'string' ? `\`${last}\`` : `item ${last + 1}`;
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSealed(value);
}

/** Whether a value is the `!secret` scalar of a site. */
export function isSealed(value: unknown): value is SealedText {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === 'sealed' && typeof (value as SealedText).sealed === 'string';
}

/** The value as a mapping; `known` refuses other keys with the nearest name. */
export function readMapping(
  context: ReadContext,
  value: unknown,
  path: DataPath,
  known?: readonly string[],
): Mapping | undefined {
  if (!isMapping(value)) return wrong(context, path, 'a mapping', value);
  if (known) refuseUnknownKeys(context, value, path, known);
  return value;
}

export function refuseUnknownKeys(
  context: ReadContext,
  value: Mapping,
  path: DataPath,
  known: readonly string[],
): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    report(context, sequenceCode.SEQUENCE_UNKNOWN_KEY, [...path, key], `unknown key \`${key.slice(0, 100)}\``, {
      hint: nearestHint(key, known),
      atKey: true,
    });
  }
}

/** The value as a list. */
export function readList(context: ReadContext, value: unknown, path: DataPath): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as unknown[]) : wrong(context, path, 'a list', value);
}

/** Text; numbers and booleans become the text that stands in the file. */
export function readText(context: ReadContext, value: unknown, path: DataPath): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return context.sourceOf(path) ?? String(value);
  return wrong(context, path, 'text', value);
}

export function readBoolean(context: ReadContext, value: unknown, path: DataPath): boolean | undefined {
  return typeof value === 'boolean' ? value : wrong(context, path, 'true or false', value);
}

export function readInteger(
  context: ReadContext,
  value: unknown,
  path: DataPath,
  least: number,
  most: number,
): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  return wrong(context, path, `an integer from ${least} to ${most}`, value);
}

export function readChoice<const T extends string>(
  context: ReadContext,
  value: unknown,
  path: DataPath,
  choices: readonly T[],
): T | undefined {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const hint = typeof value === 'string' ? nearestHint(value, choices) : undefined;
  const message = `${named(path)}: expected ${choices.join(', ')}, found ${kindOf(value)}`;
  report(context, sequenceCode.SEQUENCE_VALUE, path, message, hint === undefined ? {} : { hint });
  return undefined;
}

/** Each key of a mapping with a reader of its own; keys that are not there or were refused are left out. */
export function readKeys<T extends object>(
  context: ReadContext,
  value: Mapping,
  path: DataPath,
  readers: { readonly [K in keyof T]: (context: ReadContext, value: unknown, path: DataPath) => T[K] | undefined },
): Partial<T> {
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(readers)) {
    if (value[key] === undefined || !Object.hasOwn(value, key)) continue;
    const reader = readers[key as keyof T];
    const read = reader(context, value[key], [...path, key]);
    if (read !== undefined) entries.push([key, read]);
  }
  return Object.fromEntries(entries) as Partial<T>;
}

/** Reports a key that must be there. The place is the mapping. */
export function reportMissing(context: ReadContext, path: DataPath, key: string, of: string): void {
  report(context, sequenceCode.SEQUENCE_MISSING_KEY, path, `${of} has no \`${key}\``);
}

/** A mapping whose keys are free and whose values are text (attributes of an import). */
export function readTexts(
  context: ReadContext,
  value: unknown,
  path: DataPath,
): Readonly<Record<string, string>> | undefined {
  const mapping = readMapping(context, value, path);
  if (mapping === undefined) return undefined;
  return Object.fromEntries(
    Object.keys(mapping).map((key) => [key, readText(context, mapping[key], [...path, key]) ?? '']),
  );
}
