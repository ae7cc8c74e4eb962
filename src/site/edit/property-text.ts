/** The value of a step's property from text that a person types, in the form of the file. */
import { InputError } from '../../core/index.ts';
import type { PlainData } from '../../sequence/index.ts';
import { isStepType, propertiesOf, type PropertySpec, stepType } from '../../steps/index.ts';
import { siteCode } from '../codes.ts';
import { readYaml } from '../yaml/index.ts';

/** A property of a type under the name that the type gives it, whatever the case; one that is not known as it was typed. */
export function propertyNamed(type: string, name: string): { readonly name: string; readonly spec?: PropertySpec } {
  if (!isStepType(type)) return { name };
  const found = Object.entries(propertiesOf(stepType(type).definition)).find(
    ([known]) => known.toLowerCase() === name.trim().toLowerCase(),
  );
  return found === undefined ? { name: name.trim() } : { name: found[0], spec: found[1] };
}

/**
 * Text as the value of a property: `true` and numbers where the type has such, lists of names with commas, and YAML for what is a
 * list of mappings or rules. Throws InputError (`SITE_EDIT`) for text that is no YAML there. Whether the value is allowed says
 * the check of the site.
 */
export function propertyFromText(spec: PropertySpec | undefined, name: string, text: string): PlainData {
  switch (spec?.value.kind) {
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
    case 'integer':
      return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
    case 'references':
      return text.trim().startsWith('[') ? yamlData(name, text) : text.split(',').map((part) => part.trim());
    case 'list':
    case 'rules':
      return yamlData(name, text);
    default:
      return text;
  }
}

/** YAML that stands for a value of an option: a condition, partitions. Throws InputError (`SITE_EDIT`); shows none of it. */
export function yamlData(name: string, text: string): PlainData {
  const { value, problems } = readYaml(text);
  const [problem] = problems;
  if (problem) {
    throw new InputError(siteCode.SITE_EDIT, `${name}: line ${problem.line}: ${problem.message}`, {
      hint: 'Write it as in the file, between brackets where it stands in one line: [{ variable: A, equals: x }]',
    });
  }
  return value as PlainData;
}

/** The condition of an item from YAML: a list, or one condition alone. Throws as `yamlData`. */
export function conditionFromText(text: string): PlainData {
  const data = yamlData('condition', text);
  return Array.isArray(data) ? data : [data];
}
