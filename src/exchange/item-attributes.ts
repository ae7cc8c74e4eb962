/**
 * Attributes of groups and steps (configmgr-formats 4.2), both ways. ConfigMgr writes some of them always, so a value that is the
 * default of the type is not kept, and one that is missing is (`-runIn` under `extra`); MDT's files vary: what is there is kept.
 */
import type { ExtraData, Group, RunIn, Step } from '../model/index.ts';
import type { StepDefinition } from '../steps/index.ts';
import type { Attribute } from './xml-write.ts';

export type Form = 'configmgr' | 'mdt';

type Value = string | number | boolean | readonly number[];

interface AttributeForm {
  readonly key: keyof Step | keyof Group;
  readonly read: (text: string) => Value | undefined;
  readonly write: (value: never) => string;
}

const text = (key: AttributeForm['key']): AttributeForm => ({
  key,
  read: (value) => value,
  write: (value: string) => value,
});
const flag = (key: AttributeForm['key'], meaning: boolean): AttributeForm => ({
  key,
  read: (value) => (value === 'true' ? meaning : value === 'false' ? !meaning : undefined),
  write: (value: boolean) => String(value === meaning),
});
const count = (key: AttributeForm['key']): AttributeForm => ({
  key,
  read: (value) => (/^\d{1,10}$/.test(value) ? Number(value) : undefined),
  write: (value: number) => String(value),
});
const environments: readonly RunIn[] = ['WinPE', 'FullOS', 'WinPEandFullOS'];

const forms: ReadonlyMap<string, AttributeForm> = new Map([
  ['name', text('name')],
  ['description', text('description')],
  ['disable', flag('enabled', false)],
  ['continueOnError', flag('continueOnError', true)],
  ['timeout', count('timeout')],
  [
    'runIn',
    { key: 'runIn', read: (value) => environments.find((known) => known === value), write: (value: RunIn) => value },
  ],
  ['successCodeList', { key: 'successCodes', read: readCodes, write: (codes: readonly number[]) => codes.join(' ') }],
  ['retryCount', count('retryCount')],
  ['runFromNet', flag('runFromNet', true)],
  ['startIn', text('startIn')],
  ['expand', flag('expand', true)],
]);

const groupAttributes = ['expand', 'name', 'description', 'disable', 'continueOnError'];
const stepAttributes = [...forms.keys()].filter((name) => name !== 'expand');

/** Exit codes are unsigned 32-bit numbers; a negative one is the same bits (ENG-05). */
function readCodes(value: string): readonly number[] | undefined {
  const codes = value.split(/[\s,]+/).filter((part) => part !== '');
  if (!codes.every((code) => /^-?\d{1,10}$/.test(code))) return undefined;
  const numbers = codes.map((code) => Number(code));
  if (!numbers.every((code) => code >= -0x80000000 && code <= 0xffffffff)) return undefined;
  return numbers.map((code) => code >>> 0);
}

/** What ConfigMgr writes although it is the default; a child sequence has no `runIn`. */
function usual(kind: 'group' | 'step', definition: StepDefinition | undefined): ReadonlyMap<string, string> {
  const always: [string, string][] = [['description', '']];
  if (kind === 'step' && definition) {
    if (definition.type !== subTaskSequence) always.push(['runIn', definition.runIn]);
    always.push(['successCodeList', definition.successCodes.join(' ')]);
    always.push(['retryCount', String(definition.retryCount)], ['runFromNet', 'false']);
  }
  return new Map(always);
}

export const subTaskSequence = 'SMS_TaskSequence_SubTasksequence';

export interface ReadAttributes {
  readonly values: Partial<Step> & Partial<Group>;
  /** What the model does not hold: unknown attributes, other spellings, `-name` for one that is missing. */
  readonly extra: Readonly<Record<string, string>>;
}

/** The values of an element's attributes, `type` excepted. */
export function readAttributes(
  attributes: Readonly<Record<string, string>>,
  kind: 'group' | 'step',
  form: Form,
  definition: StepDefinition | undefined,
): ReadAttributes {
  const known = kind === 'group' ? groupAttributes : stepAttributes;
  const defaults = form === 'configmgr' ? usual(kind, definition) : new Map<string, string>();
  const values: [string, Value][] = [];
  const extra: [string, string][] = [];
  for (const [name, given] of Object.entries(attributes)) {
    if (name === 'type' && kind === 'step') continue;
    const attribute = known.includes(name) ? forms.get(name) : undefined;
    const value = attribute?.read(given);
    if (!attribute || value === undefined || attribute.write(value as never) !== given) extra.push([name, given]);
    if (attribute && value !== undefined && defaults.get(name) !== given) values.push([attribute.key, value]);
  }
  for (const name of ['name', ...defaults.keys()]) {
    if (!Object.hasOwn(attributes, name)) extra.push([`-${name}`, '']);
  }
  return { values: Object.fromEntries(values), extra: Object.fromEntries(extra) };
}

/** The attributes of an item in ConfigMgr's order, those of `extra` last. */
export function writeAttributes(
  item: Step | Group,
  form: Form,
  definition: StepDefinition | undefined,
): readonly Attribute[] {
  const known = item.kind === 'group' ? groupAttributes : stepAttributes;
  const defaults = form === 'configmgr' ? usual(item.kind, definition) : new Map<string, string>();
  const extra = item.extra?.attributes ?? {};
  const written = known.map((name) => [name, attributeText(item, name, extra, defaults.get(name))] as const);
  const rest = Object.entries(extra).filter(([name]) => !known.includes(name) && /^[^-@][^@]*$/.test(name));
  return [...written, ...rest];
}

function attributeText(
  item: Step | Group,
  name: string,
  extra: NonNullable<ExtraData['attributes']>,
  usualText: string | undefined,
): string | undefined {
  const form = forms.get(name);
  if (!form) return undefined;
  const value = (item as unknown as Readonly<Record<string, Value | undefined>>)[form.key];
  const spelled = Object.hasOwn(extra, name) ? extra[name] : undefined;
  // Another spelling holds as long as it says the same.
  if (spelled !== undefined && sameValue(form.read(spelled), value)) return spelled;
  const missing = Object.hasOwn(extra, `-${name}`);
  if (value !== undefined && !(missing && value === '')) return form.write(value as never);
  return missing ? undefined : usualText;
}

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
