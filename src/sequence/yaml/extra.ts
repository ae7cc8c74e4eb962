/** What an import kept as data, read from YAML: names, values, attributes, elements. */
import type { ExtraData, ExtraElement, ExtraVariable } from '../../model/index.ts';
import { sequenceCode } from '../codes.ts';
import { MAXIMUM_DEPTH } from '../limits.ts';
import { type DataPath, type ReadContext, report } from '../path-problem.ts';
import { readBoolean, readKeys, readList, readMapping, readText, readTexts, reportMissing } from './read.ts';

/** `extra:` of an item. */
export function readExtra(context: ReadContext, value: unknown, path: DataPath): ExtraData | undefined {
  const readers = {
    type: readText,
    action: readText,
    attributes: readTexts,
    variables: readExtraVariables,
    elements: readElements,
  };
  const mapping = readMapping(context, value, path, Object.keys(readers));
  return mapping && readKeys<Required<ExtraData>>(context, mapping, path, readers);
}

/** A list of `{ name, value }` as pairs. */
export function readNameValues(
  context: ReadContext,
  value: unknown,
  path: DataPath,
): readonly (readonly [string, string])[] {
  const list = readList(context, value, path) ?? [];
  return list.flatMap((item, index) => {
    const at = [...path, index];
    const mapping = readMapping(context, item, at, ['name', 'value']);
    if (mapping === undefined) return [];
    const { name, value: text } = readKeys<{ name: string; value: string }>(context, mapping, at, {
      name: readText,
      value: readText,
    });
    if (!Object.hasOwn(mapping, 'name')) reportMissing(context, at, 'name', 'a variable');
    return [[name ?? '', text ?? ''] as const];
  });
}

function readExtraVariables(
  context: ReadContext,
  value: unknown,
  path: DataPath,
): readonly ExtraVariable[] | undefined {
  return readList(context, value, path)?.flatMap((item, index) => {
    const at = [...path, index];
    const readers = { name: readText, property: readText, hidden: readBoolean, value: readText };
    const mapping = readMapping(context, item, at, Object.keys(readers));
    if (mapping === undefined) return [];
    if (!Object.hasOwn(mapping, 'name')) reportMissing(context, at, 'name', 'a variable');
    return [{ name: '', value: '', ...readKeys<Required<ExtraVariable>>(context, mapping, at, readers) }];
  });
}

function readElements(
  context: ReadContext,
  value: unknown,
  path: DataPath,
  depth = 1,
): readonly ExtraElement[] | undefined {
  if (depth > MAXIMUM_DEPTH) {
    report(context, sequenceCode.SEQUENCE_TOO_DEEP, path, `elements are nested deeper than ${MAXIMUM_DEPTH} levels`);
    return undefined;
  }
  return readList(context, value, path)?.flatMap((item, index) => {
    const at = [...path, index];
    const readers = {
      name: readText,
      attributes: readTexts,
      text: readText,
      children: (inner: ReadContext, children: unknown, below: DataPath) =>
        readElements(inner, children, below, depth + 1),
    };
    const mapping = readMapping(context, item, at, Object.keys(readers));
    if (mapping === undefined) return [];
    if (!Object.hasOwn(mapping, 'name')) reportMissing(context, at, 'name', 'an element');
    return [
      { name: '', attributes: {}, text: '', children: [], ...readKeys<ExtraElement>(context, mapping, at, readers) },
    ];
  });
}
