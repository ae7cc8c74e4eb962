/** What becomes of each object of an import (IO-13 to IO-16), and a sequence that names the objects of the site instead. */
import { InputError } from '../core/index.ts';
import type { ObjectKind, PropertyValue, SequenceItem, Step, TaskSequence } from '../model/index.ts';
import { contentReferences, isStepType } from '../steps/index.ts';
import { exchangeCode } from './codes.ts';
import type { ImportedReference } from './references-info.ts';

export interface SiteObjectName {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
}

export type ImportAction =
  /** Not in the site: made from the import. */
  | 'create-new'
  /** In the site: the sequence is linked to it, nothing is imported. */
  | 'ignore-duplicate'
  /** In the site: replaced by the imported one. */
  | 'overwrite'
  /** Overwriting an application, by a revision of the existing one or by an application of its own. */
  | 'add-revision'
  | 'new-application'
  /** Not in the import, not in the site: somebody must say what it is. */
  | 'unresolved';

export interface ImportChoice {
  readonly action?: Exclude<ImportAction, 'unresolved'>;
  /** Name or id of an object of the site that stands for it. */
  readonly to?: string;
}

export interface MappedObject {
  readonly reference: ImportedReference;
  readonly action: ImportAction;
  /** The object of the site that it is linked to, replaces or revises. */
  readonly target?: SiteObjectName;
}

export interface MapRequest {
  /** What the sequences refer to, and the sequences themselves (kind `taskSequence`). */
  readonly references: readonly ImportedReference[];
  /** Ids of the objects that the import holds, sequences included. */
  readonly included: ReadonlySet<string>;
  readonly site: readonly SiteObjectName[];
  /** By id of the imported object. */
  readonly choices?: ReadonlyMap<string, ImportChoice>;
}

/** One line for each object, in the order given. Throws InputError (`EXCHANGE_ARGUMENT`) for a choice that cannot be. */
export function mapReferences({ references, included, site, choices = new Map() }: MapRequest): MappedObject[] {
  const ids = new Set(references.map(({ id }) => id));
  for (const id of choices.keys()) {
    if (!ids.has(id)) throw refused(`the import has no object ${JSON.stringify(id)} to choose for`);
  }
  return references.map((reference) => mapOne(reference, included.has(reference.id), site, choices.get(reference.id)));
}

function mapOne(
  reference: ImportedReference,
  inImport: boolean,
  site: readonly SiteObjectName[],
  choice: ImportChoice = {},
): MappedObject {
  const label = reference.name ?? reference.id;
  const target = choice.to === undefined ? existing(reference, site) : chosen(label, reference, choice.to, site);
  const { action } = choice;
  if (!target) {
    if (inImport && (action === undefined || action === 'create-new')) return { reference, action: 'create-new' };
    if (action !== undefined) {
      throw refused(`${label}: ${action} cannot be, the ${inImport ? 'site' : 'import'} does not hold it`);
    }
    return { reference, action: 'unresolved' };
  }
  if (action === undefined || action === 'ignore-duplicate') return { reference, action: 'ignore-duplicate', target };
  if (!inImport) throw refused(`${label}: ${action} cannot be, the import does not hold it`);
  if (action === 'create-new') throw refused(`${label}: create-new cannot be, the site has ${target.name} already`);
  const isApplication = reference.kind === 'application';
  if (isApplication && action === 'overwrite') {
    throw refused(`${label}: an application is overwritten by add-revision or by new-application: say which`);
  }
  if (!isApplication && action !== 'overwrite') throw refused(`${label}: ${action} is for applications`);
  return action === 'new-application' ? { reference, action } : { reference, action, target };
}

/** Imported before: the same kind and id, else the same kind and name. */
function existing({ kind, id, name }: ImportedReference, site: readonly SiteObjectName[]): SiteObjectName | undefined {
  const same = (a: string, b: string | undefined): boolean => a.toUpperCase() === b?.toUpperCase();
  const candidates = kind === undefined ? site : site.filter((object) => object.kind === kind);
  return candidates.find((object) => same(object.id, id)) ?? candidates.find((object) => same(object.name, name));
}

function chosen(
  label: string,
  { kind }: ImportedReference,
  to: string,
  site: readonly SiteObjectName[],
): SiteObjectName {
  const found = existing({ id: to, name: to, ...(kind === undefined ? {} : { kind }) }, site);
  if (found) return found;
  throw refused(`${label}: the site has no ${kind ?? 'object'} ${JSON.stringify(to)}`);
}

function refused(message: string): InputError {
  return new InputError(exchangeCode.EXCHANGE_ARGUMENT, message);
}

/** The sequence with other references: `names` has the name or id in the site by the imported id. */
export function withReferences(sequence: TaskSequence, names: ReadonlyMap<string, string>): TaskSequence {
  const renamed = (reference: string): string => names.get(reference) ?? reference;
  const { bootImage, runFirst } = sequence;
  return {
    ...sequence,
    ...(bootImage === undefined ? {} : { bootImage: renamed(bootImage) }),
    ...(runFirst ? { runFirst: { ...runFirst, package: renamed(runFirst.package) } } : {}),
    steps: sequence.steps.map((item) => itemWith(item, renamed)),
  };
}

function itemWith(item: SequenceItem, renamed: (reference: string) => string): SequenceItem {
  if (item.kind === 'group') return { ...item, steps: item.steps.map((inner) => itemWith(inner, renamed)) };
  return isStepType(item.type) ? stepWith(item, renamed) : item;
}

function stepWith(step: Step, renamed: (reference: string) => string): Step {
  const changed = contentReferences(step).filter(({ reference }) => renamed(reference) !== reference);
  if (changed.length === 0) return step;
  const properties = new Set(changed.map(({ property }) => property));
  const entries = Object.entries(step.with).map(([name, value]): [string, PropertyValue] =>
    properties.has(name) ? [name, renamedValue(step, name, value, renamed)] : [name, value],
  );
  return { ...step, with: Object.fromEntries(entries) };
}

/** References stand in a text, with commas between them, in a list of texts, or in the items of a list. */
function renamedValue(
  step: Step,
  property: string,
  value: PropertyValue,
  renamed: (reference: string) => string,
): PropertyValue {
  if (typeof value === 'string') {
    return value
      .split(',')
      .map((part) => renamed(part.trim()))
      .join(',');
  }
  if (!Array.isArray(value)) return value;
  const places = new Set(
    contentReferences(step).flatMap(({ path }) => (path[1] === property ? [path.join('\0')] : [])),
  );
  return (value as readonly (string | Readonly<Record<string, PropertyValue>>)[]).map((item, index) => {
    if (typeof item === 'string') return renamed(item);
    return Object.fromEntries(
      Object.entries(item).map(([name, inner]) =>
        typeof inner === 'string' && places.has(['with', property, index, name].join('\0'))
          ? [name, renamed(inner)]
          : [name, inner],
      ),
    );
  }) as PropertyValue;
}
