/** `task-sequence edit types`: the step types by category (EDIT-02), or the properties of one, which `--set` takes. */
import * as z from 'zod';
import { propertiesOf, type PropertySpec, stepTypeNamed } from '../steps/index.ts';
import { stepCatalogue, type CatalogueCategory } from './step-catalogue.ts';
import { useCase } from './use-case.ts';

export interface ShownProperty {
  readonly name: string;
  readonly title: string;
  /** `text`, `boolean`, `integer 0 to 1`, `one of A, B`, `name of a package`, `list of A, B`. */
  readonly takes: string;
  readonly required: boolean;
  /** Given with `--secret` or `--secret-file`. */
  readonly secret: boolean;
  readonly default: string | number | boolean | null;
}

export interface ShownStepTypes {
  readonly categories: readonly CatalogueCategory[];
  /** Null where no type was asked for. */
  readonly type: {
    readonly name: string;
    readonly title: string;
    readonly category: string;
    readonly wizardNames: readonly string[];
    readonly runIn: string;
    readonly properties: readonly ShownProperty[];
  } | null;
}

export const taskSequenceEditTypes = useCase({
  name: 'task-sequence edit types',
  summary: 'list the step types, or the properties of one',
  effect: 'read',
  input: z.strictObject({ type: z.string().min(1).optional() }),
  run({ type: text }): Promise<ShownStepTypes> {
    return Promise.resolve().then(() => {
      if (text === undefined) return { categories: stepCatalogue, type: null };
      const { definition } = stepTypeNamed(text);
      const { name, title, category, wizardNames, runIn, properties } = definition;
      // Those of every type, which say how XML is written, are left out.
      const own = Object.entries(propertiesOf(definition)).filter(([property]) => Object.hasOwn(properties, property));
      const shown = own.map(([property, spec]) => shownProperty(property, spec));
      const of = stepCatalogue.filter((each) => each.category === category);
      return { categories: of, type: { name, title, category, wizardNames, runIn, properties: shown } };
    });
  },
});

function shownProperty(name: string, spec: PropertySpec): ShownProperty {
  return {
    name,
    title: spec.deprecated === undefined ? spec.title : `${spec.title} (deprecated: ${spec.deprecated})`,
    takes: takesOf(spec.value),
    required: spec.required === true,
    secret: spec.secret === true,
    default: spec.default ?? null,
  };
}

function takesOf(value: PropertySpec['value']): string {
  switch (value.kind) {
    case 'text':
      return value.says ?? 'text';
    case 'integer':
      return `${value.min} to ${value.max}`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `${value.open === true ? 'such as' : 'one of'} ${value.values.join(', ')}`;
    case 'reference':
      return 'name or id';
    case 'references':
      return 'names or ids with commas';
    case 'script':
      return 'script text';
    case 'rules':
      return 'rules in YAML';
    default:
      return `list in YAML: [{ ${Object.keys(value.item).join(', ')} }]`;
  }
}
