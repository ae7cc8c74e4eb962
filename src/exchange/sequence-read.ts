/** The XML of a task sequence as items of the model (configmgr-formats 4.1). Nothing is lost: what no definition knows is `extra`. */
import { FormatError, LimitError, UnsupportedFeatureError } from '../core/index.ts';
import type { Group, SequenceItem, Step, TaskSequence } from '../model/index.ts';
import { propertiesFrom, stepTypeOfXml } from '../steps/index.ts';
import { exchangeCode } from './codes.ts';
import { readConditionOf } from './conditions-xml.ts';
import { differingTokens } from './derived-lists.ts';
import { globalEntries, referenceEntries } from './derived-entries.ts';
import { readAttributes, type Form } from './item-attributes.ts';
import { actionText, itemExtra, partAttributes, partNames, readVariables, unknownChildren } from './item-parts.ts';
import { toMarks } from './unknown-elements.ts';
import { childrenNamed, parseXml, refuseText, type XmlElement } from './xml-elements.ts';

/** Groups inside groups. */
export const deepestGroup = 64;
const mostItems = 50_000;

const itemNames = ['group', 'step', 'subtasksequence'];

export interface SequenceContent {
  readonly form: Form;
  readonly name?: string;
  readonly description?: string;
  readonly steps: readonly SequenceItem[];
  /** Of the sequence element itself: entries for `TaskSequence.extra`. */
  readonly extra: NonNullable<TaskSequence['extra']>;
  /** Attributes of the referenceList's entries, as they stand in the file. */
  readonly references: readonly Readonly<Record<string, string>>[];
}

interface Context {
  readonly form: Form;
  items: number;
}

/**
 * Reads a sequence; `document` names it in messages. Throws FormatError (`EXCHANGE_XML`, `EXCHANGE_XML_DOCTYPE`,
 * `EXCHANGE_SEQUENCE`), UnsupportedFeatureError (`EXCHANGE_SEQUENCE_VERSION`) and LimitError (`EXCHANGE_LIMIT`).
 */
export function readSequence(text: string, document: string): SequenceContent {
  const root = parseXml(text, document);
  if (root.name !== 'sequence') {
    const message = `${document} has the root element ${root.name.slice(0, 60)}, must have sequence`;
    throw new FormatError(exchangeCode.EXCHANGE_SEQUENCE, message, { details: { document } });
  }
  refuseText(root);
  const form = formOf(root, document);
  const steps = itemsOf(root, { form, items: 0 }, 1);
  const [name, description] = form === 'mdt' ? [root.attributes['name'], root.attributes['description']] : [];
  return {
    form,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    steps,
    extra: rootExtra(root, form, steps),
    references: childrenNamed(root, 'referenceList').flatMap((list) => list.children.map((entry) => entry.attributes)),
  };
}

function formOf({ attributes }: XmlElement, document: string): Form {
  const version = attributes['version'];
  if (version === '3.10') return 'configmgr';
  if (version === '3.00') return 'mdt';
  const found = version === undefined ? 'no version' : `version ${JSON.stringify(version.slice(0, 30))}`;
  throw new UnsupportedFeatureError(
    exchangeCode.EXCHANGE_SEQUENCE_VERSION,
    `${document} has ${found}; 3.10 (ConfigMgr) and 3.00 (MDT) are read`,
    { details: { document, version: version ?? null } },
  );
}

/** What is at the sequence element beyond its items and what follows from them. */
function rootExtra(root: XmlElement, form: Form, steps: readonly SequenceItem[]): SequenceContent['extra'] {
  const kept = form === 'mdt' ? ['version', 'name', 'description'] : ['version'];
  const attributes = Object.entries(root.attributes).filter(([name]) => !kept.includes(name));
  const [references, globals] = [childrenNamed(root, 'referenceList'), childrenNamed(root, 'globalVarList')];
  const entriesOf = (lists: readonly XmlElement[]): readonly XmlElement[] | undefined =>
    lists.length === 0 ? undefined : lists.flatMap((list) => list.children);
  const lists: [string, readonly string[] | undefined][] = [
    ['Sequence/referenceList', differingTokens(referenceEntries(steps, form), entriesOf(references))],
    ['Sequence/globalVarList', differingTokens(globalEntries(steps, form), entriesOf(globals))],
  ];
  const known = [...itemNames, 'referenceList', 'globalVarList'];
  const others = root.children.filter(({ name }) => !known.includes(name));
  const marks = toMarks({ name: '', attributes: {}, children: others, text: '' });
  return Object.fromEntries([
    ...attributes.map(([name, value]) => [`Sequence@${name}`, value] as const),
    ...lists.filter((entry): entry is [string, string[]] => entry[1] !== undefined),
    ...(marks.length === 0 ? [] : [['Sequence/elements', marks.map(([mark, value]) => `${mark}\t${value}`)] as const]),
  ]);
}

function itemsOf(parent: XmlElement, context: Context, depth: number): SequenceItem[] {
  return parent.children.flatMap((child): SequenceItem[] => {
    if (!itemNames.includes(child.name)) return [];
    if (++context.items > mostItems)
      throw limit(`a task sequence has more than ${mostItems} groups and steps`, mostItems);
    refuseText(child);
    if (child.name !== 'group') return [readStep(child, context)];
    if (depth > deepestGroup) throw limit(`groups are nested deeper than ${deepestGroup}`, deepestGroup);
    return [readGroup(child, context, depth)];
  });
}

function limit(what: string, maximum: number): LimitError {
  return new LimitError(exchangeCode.EXCHANGE_LIMIT, `${what}, the limit here`, { details: { maximum } });
}

function readGroup(element: XmlElement, context: Context, depth: number): Group {
  const { values, extra: attributes } = readAttributes(element.attributes, 'group', context.form, undefined);
  const condition = readConditionOf(element);
  const [action] = childrenNamed(element, 'action');
  // MDT writes an empty one, ConfigMgr none.
  const usual = context.form === 'mdt' ? '' : undefined;
  const found = action && actionText(action);
  const left: Record<string, string> = found === undefined && usual !== undefined ? { '-action': '' } : {};
  const extra = itemExtra(
    found === usual || found === undefined ? {} : { action: found },
    { ...attributes, ...left, ...partAttributes(element) },
    unknownChildren(element, [...itemNames, 'condition', 'action']),
  );
  return {
    kind: 'group',
    name: '',
    ...values,
    ...(condition ? { condition } : {}),
    steps: itemsOf(element, context, depth + 1),
    ...extra,
  };
}

function readStep(element: XmlElement, { form }: Context): Step {
  const type = element.attributes['type'];
  const definition = stepTypeOfXml(type)?.definition;
  const { values, extra: attributes } = readAttributes(element.attributes, 'step', form, definition);
  const condition = readConditionOf(element);
  const [action] = childrenNamed(element, 'action');
  const [list] = childrenNamed(element, 'defaultVarList');
  const { variables, others } = readVariables(list, definition);
  const command = action && actionText(action);
  const properties = definition
    ? propertiesFrom(definition, variables, form, command)
    : {
        with: {},
        extra: {
          ...(type === undefined ? {} : { type }),
          ...(command === undefined ? {} : { action: command }),
          variables: variables.map(({ value, ...rest }) => ({
            ...rest,
            value: typeof value === 'string' ? value : '',
          })),
        },
      };
  const missing = { ...(action ? {} : { '-action': '' }), ...(list ? {} : { '-defaultVarList': '' }) };
  const extra = itemExtra(properties.extra ?? {}, { ...attributes, ...missing, ...partAttributes(element) }, [
    ...unknownChildren(element, partNames),
    ...others,
  ]);
  return {
    kind: 'step',
    name: '',
    type: definition?.name ?? 'unknown',
    ...values,
    ...(condition ? { condition } : {}),
    with: properties.with,
    ...extra,
  };
}
