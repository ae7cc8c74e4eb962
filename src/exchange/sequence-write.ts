/** Items of the model as the XML of a task sequence (configmgr-formats 4.1), in the form of the sequence. */
import type { ExtraData, ExtraElement, Group, SequenceItem, Step, TaskSequence } from '../model/index.ts';
import {
  actionOf,
  isStepType,
  stepType,
  variablesOf,
  type StepVariable,
  type VariableOptions,
} from '../steps/index.ts';
import { writeCondition } from './conditions-xml.ts';
import { globalEntries, referenceEntries } from './derived-entries.ts';
import { mergedList } from './derived-lists.ts';
import { subTaskSequence, writeAttributes, type Form } from './item-attributes.ts';
import { encodeRules } from './rules-xml.ts';
import { withoutSecrets } from './secrets.ts';
import { fromExtraElement, fromMarks } from './unknown-elements.ts';
import type { XmlElement } from './xml-elements.ts';
import { element, writeXml, type Attribute } from './xml-write.ts';

export interface SequenceWriteOptions extends Pick<VariableOptions, 'referenceId'> {}

interface Context {
  readonly form: Form;
  readonly options: VariableOptions;
}

/**
 * The XML of a sequence, without secrets: compact for ConfigMgr, as a document with declaration for MDT. Throws InputError
 * (`EXCHANGE_XML_CHARACTER`).
 */
export function writeSequence(sequence: TaskSequence, options: SequenceWriteOptions = {}): string {
  const form = sequence.form ?? 'configmgr';
  const root = sequenceElement(sequence, form, options);
  if (form === 'configmgr') return writeXml(root);
  return `<?xml version="1.0"?>\n${writeXml(root, { indent: '  ' })}\n`;
}

function sequenceElement(sequence: TaskSequence, form: Form, options: SequenceWriteOptions): XmlElement {
  const context: Context = { form, options: { ...options, form } };
  const steps = sequence.steps.map((item) => withoutSecrets(item));
  const extra = sequence.extra ?? {};
  const others = Object.entries(extra).flatMap(([key, value]): Attribute[] =>
    key.startsWith('Sequence@') && typeof value === 'string' ? [[key.slice('Sequence@'.length), value]] : [],
  );
  const named: Attribute[] =
    form === 'mdt'
      ? [
          ['name', sequence.name],
          ['description', sequence.description],
        ]
      : [];
  const attributes: Attribute[] = [['version', form === 'mdt' ? '3.00' : '3.10'], ...named, ...others];
  const references = mergedList('reference', referenceEntries(steps, form, options), list(extra, 'referenceList'));
  const globals = mergedList('variable', globalEntries(steps, form, options), list(extra, 'globalVarList'));
  return element('sequence', attributes, [
    ...(references ? [element('referenceList', [], references)] : []),
    ...(globals ? [element('globalVarList', [], globals)] : []),
    ...steps.map((item) => itemElement(item, context)),
    ...unknownElements(list(extra, 'elements')),
  ]);
}

function list(extra: NonNullable<TaskSequence['extra']>, name: string): readonly string[] | undefined {
  const value = extra[`Sequence/${name}`];
  return typeof value === 'string' ? [value] : value;
}

function unknownElements(marks: readonly string[] | undefined): readonly XmlElement[] {
  const pairs = (marks ?? []).map((mark): [string, string] => {
    const at = mark.indexOf('\t');
    return at < 0 ? [mark, ''] : [mark.slice(0, at), mark.slice(at + 1)];
  });
  return fromMarks('', pairs).children;
}

function itemElement(item: SequenceItem, context: Context): XmlElement {
  return item.kind === 'group' ? groupElement(item, context) : stepElement(item, context);
}

function groupElement(group: Group, context: Context): XmlElement {
  const { extra } = group;
  const action = extra?.action ?? (context.form === 'mdt' && !omits(extra, 'action') ? '' : undefined);
  const condition = conditionElement(group);
  const items = group.steps.map((item) => itemElement(item, context));
  const actions = action === undefined ? [] : [part('action', extra, action)];
  return element('group', writeAttributes(group, context.form, undefined), [
    ...(context.form === 'mdt' ? [] : condition),
    ...actions,
    ...items,
    ...(context.form === 'mdt' ? condition : []),
    ...otherElements(extra),
  ]);
}

function stepElement(step: Step, context: Context): XmlElement {
  const { extra } = step;
  const known = isStepType(step.type);
  const definition = known ? stepType(step.type).definition : undefined;
  const type = definition ? definition.type : extra?.type;
  const command = known ? actionOf(step, context.options) : extra?.action;
  const variables: readonly StepVariable[] = [
    ...(known ? variablesOf(step, context.options) : []),
    ...(extra?.variables ?? []),
  ];
  const action = omits(extra, 'action') ? [] : [part('action', extra, command ?? '', inside(extra, 'action'))];
  const inner = [...variables.map(variableElement), ...inside(extra, 'defaultVarList')];
  const noList = inner.length === 0 && omits(extra, 'defaultVarList');
  const defaults = noList ? [] : [part('defaultVarList', extra, '', inner)];
  const condition = conditionElement(step);
  const parts = context.form === 'mdt' ? [defaults, action, condition] : [condition, action, defaults];
  return element(
    type === subTaskSequence ? 'subtasksequence' : 'step',
    [['type', type], ...writeAttributes(step, context.form, definition)],
    [...parts.flat(), ...otherElements(extra)],
  );
}

function variableElement({ name, property, hidden, value }: StepVariable): XmlElement {
  const attributes: Attribute[] = [
    ['name', name],
    ['property', property],
    ['hidden', hidden === undefined ? undefined : String(hidden)],
  ];
  return element('variable', attributes, typeof value === 'string' ? value : encodeRules(value));
}

function conditionElement({ condition, extra }: Step | Group): readonly XmlElement[] {
  return condition ? [part('condition', extra, '', condition.map(writeCondition))] : [];
}

/** One of condition, action and defaultVarList, with attributes that an import found at it. */
function part(
  name: string,
  extra: ExtraData | undefined,
  text: string,
  children: readonly XmlElement[] = [],
): XmlElement {
  const attributes = Object.entries(extra?.attributes ?? {}).flatMap(([key, value]): Attribute[] =>
    key.startsWith(`${name}@`) ? [[key.slice(name.length + 1), value]] : [],
  );
  return { ...element(name, attributes, children), text };
}

function omits(extra: ExtraData | undefined, name: string): boolean {
  return Object.hasOwn(extra?.attributes ?? {}, `-${name}`);
}

/** Elements that an import found inside a part. */
function inside(extra: ExtraData | undefined, name: string): readonly XmlElement[] {
  return (extra?.elements ?? []).flatMap((found): XmlElement[] =>
    found.name.startsWith(`${name}/`) ? [fromExtraElement(renamed(found, name))] : [],
  );
}

function renamed(found: ExtraElement, part: string): ExtraElement {
  return { ...found, name: found.name.slice(part.length + 1) };
}

function otherElements(extra: ExtraData | undefined): readonly XmlElement[] {
  return (extra?.elements ?? []).filter(({ name }) => !name.includes('/')).map(fromExtraElement);
}
