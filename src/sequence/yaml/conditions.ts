/** The YAML form of conditions, read: a list, all of which must hold. */
import { nearestHint } from '../../core/index.ts';
import type { Condition, OrderedTest } from '../../model/index.ts';
import { sequenceCode } from '../codes.ts';
import { MAXIMUM_DEPTH } from '../limits.ts';
import { type DataPath, type PathProblem, type ReadContext, report, type SourceOf } from '../path-problem.ts';
import { readComparison, readOrderedTest } from './comparison.ts';
import { readNameValues } from './extra.ts';
import { readPlatform } from './platforms.ts';
import {
  type Mapping,
  readChoice,
  readKeys,
  readList,
  readMapping,
  readText,
  refuseUnknownKeys,
  reportMissing,
} from './read.ts';

/** The key that names each form of a condition; the first one found decides. */
export const CONDITION_FORMS = [
  'all',
  'any',
  'none',
  'variable',
  'wmi',
  'file',
  'folder',
  'registry',
  'software',
  'operatingSystem',
  'computer',
  'location',
  'makeModel',
  'unreadable',
] as const satisfies readonly Condition['kind'][];

type Form = (typeof CONDITION_FORMS)[number];

/**
 * A `condition:` list on its own, as rules of collections have it. Never throws: each mistake is a problem whose path starts with
 * `path`; `sourceOf` as for `parseItems`.
 */
export function parseConditions(
  value: unknown,
  path: DataPath = [],
  sourceOf: SourceOf = () => undefined,
): { readonly conditions: readonly Condition[]; readonly problems: readonly PathProblem[] } {
  const problems: PathProblem[] = [];
  const conditions = readConditions({ sourceOf, problems }, value, path) ?? [];
  return { conditions, problems };
}

/** A list of conditions; those that cannot be read are left out and reported. `depth` counts the lists around it. */
export function readConditions(
  context: ReadContext,
  value: unknown,
  path: DataPath,
  depth = 1,
): readonly Condition[] | undefined {
  const list = readList(context, value, path);
  if (list === undefined) return undefined;
  if (depth > MAXIMUM_DEPTH) {
    const message = `conditions are nested deeper than ${MAXIMUM_DEPTH} levels`;
    report(context, sequenceCode.SEQUENCE_TOO_DEEP, path, message);
    return undefined;
  }
  return list.flatMap((item, index) => readCondition(context, item, [...path, index], depth) ?? []);
}

function readCondition(context: ReadContext, value: unknown, path: DataPath, depth: number): Condition | undefined {
  const mapping = readMapping(context, value, path);
  if (mapping === undefined) return undefined;
  const forms = CONDITION_FORMS.filter((form) => Object.hasOwn(mapping, form));
  const [form] = forms;
  if (form === undefined || forms.length > 1) {
    const found = form === undefined ? 'it has none of them' : `it has ${forms.join(' and ')}`;
    const hint = form === undefined ? nearestHint(Object.keys(mapping)[0] ?? '', CONDITION_FORMS) : undefined;
    const message = `a condition has one of ${CONDITION_FORMS.join(', ')}; ${found}`;
    report(context, sequenceCode.SEQUENCE_CONDITION, path, message, hint === undefined ? {} : { hint });
    return undefined;
  }
  return readers[form](context, mapping, path, depth);
}

type ConditionReader = (context: ReadContext, mapping: Mapping, path: DataPath, depth: number) => Condition | undefined;

const operatorReader =
  (kind: 'all' | 'any' | 'none'): ConditionReader =>
  (context, mapping, path, depth) => {
    refuseUnknownKeys(context, mapping, path, [kind]);
    const of = readConditions(context, mapping[kind], [...path, kind], depth + 1);
    return of && { kind, of };
  };

const readers: Readonly<Record<Form, ConditionReader>> = {
  all: operatorReader('all'),
  any: operatorReader('any'),
  none: operatorReader('none'),
  variable: (context, mapping, path) => {
    const variable = readText(context, mapping['variable'], [...path, 'variable']);
    const compared = readComparison(context, mapping, path, ['variable'], 'value');
    if (variable === undefined || compared === undefined) return undefined;
    const { operator, operand } = compared;
    return { kind: 'variable', variable, operator, ...(operand === undefined ? {} : { value: operand }) };
  },
  wmi: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['wmi', 'namespace']);
    const query = readText(context, mapping['wmi'], [...path, 'wmi']);
    const rest = readKeys<{ namespace: string }>(context, mapping, path, { namespace: readText });
    return query === undefined ? undefined : { kind: 'wmi', query, ...rest };
  },
  file: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['file', 'version', 'dateTime']);
    const file = readText(context, mapping['file'], [...path, 'file']);
    const rest = readKeys<{ version: OrderedTest; dateTime: OrderedTest }>(context, mapping, path, {
      version: readOrderedTest,
      dateTime: readOrderedTest,
    });
    return file === undefined ? undefined : { kind: 'file', path: file, ...rest };
  },
  folder: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['folder', 'dateTime']);
    const folder = readText(context, mapping['folder'], [...path, 'folder']);
    const rest = readKeys<{ dateTime: OrderedTest }>(context, mapping, path, { dateTime: readOrderedTest });
    return folder === undefined ? undefined : { kind: 'folder', path: folder, ...rest };
  },
  registry: (context, mapping, path) => {
    const keyPath = readText(context, mapping['registry'], [...path, 'registry']);
    const compared = readComparison(context, mapping, path, ['registry', 'value', 'type'], 'data');
    const rest = readKeys<{ value: string; type: string }>(context, mapping, path, { value: readText, type: readText });
    if (keyPath === undefined || compared === undefined) return undefined;
    const { operator, operand } = compared;
    return { kind: 'registry', keyPath, operator, ...rest, ...(operand === undefined ? {} : { data: operand }) };
  },
  software: (context, mapping, path) => {
    const texts = { productCode: readText, productName: readText, upgradeCode: readText, version: readText };
    refuseUnknownKeys(context, mapping, path, ['software', ...Object.keys(texts)]);
    const operator = readChoice(context, mapping['software'], [...path, 'software'], ['ThisVersion', 'AnyVersion']);
    const rest = readKeys<{ productCode: string; productName: string; upgradeCode: string; version: string }>(
      context,
      mapping,
      path,
      texts,
    );
    return operator && { kind: 'software', operator, ...rest };
  },
  operatingSystem: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['operatingSystem']);
    const at = [...path, 'operatingSystem'];
    const list = readList(context, mapping['operatingSystem'], at);
    return (
      list && {
        kind: 'operatingSystem',
        platforms: list.flatMap((item, index) => readPlatform(context, item, [...at, index]) ?? []),
      }
    );
  },
  computer: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['computer']);
    const texts = { assetTag: readText, macAddress: readText, serialNumber: readText, uuid: readText };
    const at = [...path, 'computer'];
    const inner = readMapping(context, mapping['computer'], at, Object.keys(texts));
    if (inner === undefined) return undefined;
    return {
      kind: 'computer',
      ...readKeys<{ assetTag: string; macAddress: string; serialNumber: string; uuid: string }>(
        context,
        inner,
        at,
        texts,
      ),
    };
  },
  location: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['location']);
    const at = [...path, 'location'];
    const inner = readMapping(context, mapping['location'], at, ['defaultGateway']);
    if (inner === undefined) return undefined;
    const { defaultGateway } = readKeys<{ defaultGateway: string }>(context, inner, at, { defaultGateway: readText });
    if (defaultGateway !== undefined) return { kind: 'location', defaultGateway };
    if (!Object.hasOwn(inner, 'defaultGateway')) reportMissing(context, at, 'defaultGateway', 'a location');
    return undefined;
  },
  makeModel: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['makeModel']);
    const at = [...path, 'makeModel'];
    const inner = readMapping(context, mapping['makeModel'], at, ['make', 'model']);
    if (inner === undefined) return undefined;
    const texts = { make: readText, model: readText };
    return { kind: 'makeModel', ...readKeys<{ make: string; model: string }>(context, inner, at, texts) };
  },
  unreadable: (context, mapping, path) => {
    refuseUnknownKeys(context, mapping, path, ['unreadable', 'variables']);
    const type = readText(context, mapping['unreadable'], [...path, 'unreadable']);
    const variables = readNameValues(context, mapping['variables'] ?? [], [...path, 'variables']);
    return type === undefined ? undefined : { kind: 'unreadable', type, variables };
  },
};
