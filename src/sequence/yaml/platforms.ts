/** Platforms of operating system conditions, read from YAML. */
import type { PlatformCondition } from '../../model/index.ts';
import type { DataPath, ReadContext } from '../path-problem.ts';
import { readKeys, readList, readMapping, readText, readTexts, reportMissing } from './read.ts';

/** A named platform with its queries. */
export function readPlatform(context: ReadContext, value: unknown, path: DataPath): PlatformCondition | undefined {
  const mapping = readMapping(context, value, path, ['name', 'keys', 'queries']);
  if (mapping === undefined) return undefined;
  const read = readKeys<PlatformCondition>(context, mapping, path, {
    name: readText,
    keys: readTexts,
    queries: readQueries,
  });
  if (!Object.hasOwn(mapping, 'name')) reportMissing(context, path, 'name', 'a platform');
  return { name: '', keys: {}, queries: [], ...read };
}

function readQueries(context: ReadContext, value: unknown, path: DataPath): PlatformCondition['queries'] | undefined {
  return readList(context, value, path)?.flatMap((item, index) => {
    const at = [...path, index];
    const mapping = readMapping(context, item, at, ['query', 'namespace']);
    if (mapping === undefined) return [];
    const read = readKeys<{ query: string; namespace: string }>(context, mapping, at, {
      query: readText,
      namespace: readText,
    });
    if (!Object.hasOwn(mapping, 'query')) reportMissing(context, at, 'query', 'a query of a platform');
    return [{ query: '', ...read }];
  });
}
