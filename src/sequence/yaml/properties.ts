/**
 * `with:` of a step, read as data: what the properties are is the business of the step types. A number or boolean whose
 * spelling is not its usual one (`1.10`, `0x10`, `True`) becomes that text, so that nothing of it is lost.
 */
import type { DynamicRule, DynamicRules, PropertyValue, SealedText } from '../../model/index.ts';
import { sequenceCode } from '../codes.ts';
import { type DataPath, type ReadContext, report } from '../path-problem.ts';
import { readConditions } from './conditions.ts';
import {
  isMapping,
  isSealed,
  kindOf,
  named,
  readBoolean,
  readKeys,
  readList,
  readMapping,
  readText,
  refuseUnknownKeys,
  reportMissing,
} from './read.ts';

type Scalar = string | number | boolean | SealedText;

export function readProperties(
  context: ReadContext,
  value: unknown,
  path: DataPath,
): Readonly<Record<string, PropertyValue>> | undefined {
  const mapping = readMapping(context, value, path);
  if (mapping === undefined) return undefined;
  const entries = Object.keys(mapping).flatMap((key) => {
    const read = readProperty(context, mapping[key], [...path, key]);
    return read === undefined ? [] : [[key, read] as const];
  });
  return Object.fromEntries(entries);
}

function readProperty(context: ReadContext, value: unknown, path: DataPath): PropertyValue | undefined {
  if (Array.isArray(value)) return readPropertyList(context, value as unknown[], path);
  if (isMapping(value) && Object.hasOwn(value, 'rules')) {
    refuseUnknownKeys(context, value, path, ['rules']);
    return readRules(context, value['rules'], [...path, 'rules']);
  }
  return readScalar(context, value, path, 'text, a number, true, false, a secret, a list or `rules`');
}

function readScalar(context: ReadContext, value: unknown, path: DataPath, expected: string): Scalar | undefined {
  if (typeof value === 'string' || isSealed(value)) return value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    const source = context.sourceOf(path);
    return source === undefined || source === String(value) ? value : source;
  }
  const hint = value === null || value === undefined ? 'Empty text is written "".' : undefined;
  const message = `${named(path)}: expected ${expected}, found ${kindOf(value)}`;
  report(context, sequenceCode.SEQUENCE_VALUE, path, message, hint === undefined ? {} : { hint });
  return undefined;
}

/** Texts, or mappings of scalars; not both in one list. */
function readPropertyList(context: ReadContext, list: readonly unknown[], path: DataPath): PropertyValue | undefined {
  if (!list.some(isMapping)) {
    return list.flatMap((item, index) => readText(context, item, [...path, index]) ?? []);
  }
  return list.flatMap((item, index) => {
    const at = [...path, index];
    const mapping = readMapping(context, item, at);
    if (mapping === undefined) return [];
    const entries = Object.keys(mapping).flatMap((key) => {
      const read = readScalar(context, mapping[key], [...at, key], 'text, a number, true, false or a secret');
      return read === undefined ? [] : [[key, read] as const];
    });
    return [Object.fromEntries(entries)];
  });
}

function readRules(context: ReadContext, value: unknown, path: DataPath): DynamicRules | undefined {
  const rules = readList(context, value, path)?.flatMap((item, index) => {
    const at = [...path, index];
    const mapping = readMapping(context, item, at, ['condition', 'variables']);
    if (mapping === undefined) return [];
    const readers = {
      condition: (inner: ReadContext, conditions: unknown, below: DataPath) => readConditions(inner, conditions, below),
      variables: readRuleVariables,
    };
    return [{ variables: [], ...readKeys<Required<DynamicRule>>(context, mapping, at, readers) }];
  });
  return rules && { rules };
}

function readRuleVariables(context: ReadContext, value: unknown, path: DataPath): DynamicRule['variables'] | undefined {
  return readList(context, value, path)?.flatMap((item, index) => {
    const at = [...path, index];
    const mapping = readMapping(context, item, at, ['name', 'value', 'secret']);
    if (mapping === undefined) return [];
    const readers = {
      name: readText,
      value: (inner: ReadContext, text: unknown, below: DataPath) =>
        isSealed(text) ? text : readText(inner, text, below),
      secret: readBoolean,
    };
    type RuleVariable = DynamicRule['variables'][number];
    const read = readKeys<Required<RuleVariable>>(context, mapping, at, readers);
    if (!Object.hasOwn(mapping, 'name')) reportMissing(context, at, 'name', 'a variable of a rule');
    // The value of a secret is never exported: an import has none (IO-12).
    if (!Object.hasOwn(mapping, 'value') && read.secret !== true) {
      reportMissing(context, at, 'value', 'a variable of a rule');
    }
    return [{ name: '', value: '', ...read }];
  });
}
