/** What a file says: numbers and booleans that are not written as usual are the text that they were. */
import type { NodePath } from '../../model/index.ts';
import type { YamlFile } from './read.ts';
import { isSealed } from './sealed.ts';

/** The data of a file with such values as text, so that `1.10` stays `1.10`. */
export function textForm(yaml: YamlFile): unknown {
  return yaml.hasSources ? inTextForm(yaml, yaml.value, []) : yaml.value;
}

function inTextForm(yaml: YamlFile, value: unknown, path: NodePath): unknown {
  if (Array.isArray(value)) return value.map((item, index) => inTextForm(yaml, item, [...path, index]));
  if (typeof value === 'object' && value !== null && !isSealed(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, inTextForm(yaml, item, [...path, key])]),
    );
  }
  return yaml.sourceOf(path) ?? value;
}
