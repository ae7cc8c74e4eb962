/**
 * Secrets of an export and of an import (configmgr-formats 5.3; IO-10 to IO-12). Properties that are secrets by definition are left
 * blank by `src/steps`; here are those that no definition knows: variables with a password's name, rules, hidden values.
 */
import { isPasswordVariable, type DynamicRules, type ExtraData, type SequenceItem, type Step } from '../model/index.ts';
import { holdsVariable, isSealed, isStepType, stepType, type PropertySpec } from '../steps/index.ts';

/** An item as it may leave the site. */
export function withoutSecrets(item: SequenceItem): SequenceItem {
  const extra = item.extra && { extra: blankExtra(item.extra) };
  if (item.kind === 'group') return { ...item, ...extra, steps: item.steps.map((inner) => withoutSecrets(inner)) };
  return { ...item, ...extra, with: blankWith(item) };
}

/** Only references to variables: such a text tells nothing. */
function tellsNothing(text: string): boolean {
  return holdsVariable(text) && text.replace(/%[A-Za-z_][A-Za-z0-9_-]*%/g, '') === '';
}

function blankExtra(extra: ExtraData): ExtraData {
  const { variables } = extra;
  if (!variables) return extra;
  const blanked = variables.map((variable) =>
    isPasswordVariable(variable.name) && !tellsNothing(variable.value) ? { ...variable, value: '' } : variable,
  );
  return { ...extra, variables: blanked };
}

function blankWith(step: Step): Step['with'] {
  const entries = Object.entries(step.with).map(([name, value]): [string, Step['with'][string]] => {
    if (typeof value === 'object' && 'rules' in value) return [name, blankRules(value)];
    return [name, isHiddenValue(step, name) ? '' : value];
  });
  return Object.fromEntries(entries);
}

function blankRules({ rules }: DynamicRules): DynamicRules {
  return {
    rules: rules.map((rule) => ({
      ...rule,
      variables: rule.variables.map((variable) => {
        const { name, value, secret } = variable;
        const isSecret = secret === true || typeof value !== 'string' || isPasswordVariable(name);
        return isSecret ? { name, value: '', secret: true } : variable;
      }),
    })),
  };
}

/** The value that Set Task Sequence Variable gives to a password's variable. */
function isHiddenValue(step: Step, property: string): boolean {
  const { VariableName: name, VariableValue: value } = step.with;
  if (property !== 'VariableValue' || typeof name !== 'string' || typeof value !== 'string') return false;
  return isPasswordVariable(name) && !tellsNothing(value);
}

export interface SecretPlace {
  /** Names of the groups and of the step. */
  readonly step: readonly string[];
  readonly property: string;
  /** Product keys (`quasi`) may stay empty. */
  readonly kind: 'password' | 'product-key';
  /** What the step does asks for it; without, an empty one may be meant. */
  readonly needed: boolean;
}

interface Found {
  /** Passwords and keys that are there without a value. */
  readonly blank: SecretPlace[];
  /** Passwords that are there in plain text. */
  readonly plain: SecretPlace[];
  /** Secrets that only the site's key opens. */
  readonly sealed: SecretPlace[];
}

/** Every secret of the sequence that is blank, and every one that stands there in plain text (IO-11, IO-12). */
export function findSecrets(items: readonly SequenceItem[]): Found {
  const found: Found = { blank: [], plain: [], sealed: [] };
  collect(items, [], found);
  return found;
}

function collect(items: readonly SequenceItem[], path: readonly string[], found: Found): void {
  for (const item of items) {
    const place = [...path, item.name];
    if (item.kind === 'group') collect(item.steps, place, found);
    else collectStep(item, place, found);
    for (const { name, value } of item.extra?.variables ?? []) {
      if (isPasswordVariable(name)) add(found, { step: place, property: name, kind: 'password', needed: true }, value);
    }
  }
}

function collectStep(step: Step, place: readonly string[], found: Found): void {
  const properties = isStepType(step.type) ? stepType(step.type).definition.properties : {};
  for (const [property, spec] of Object.entries(properties)) {
    const value = step.with[property];
    if (spec.value.kind === 'rules') collectRules(value, place, property, found);
    if (spec.secret === undefined) continue;
    const needed = asksFor(step, property);
    if (value === undefined && !needed) continue;
    add(found, { step: place, property, kind: kindOf(spec), needed }, value ?? '');
  }
  const { VariableName: name, VariableValue: value } = step.with;
  if (value !== undefined && (isSealed(value) || (typeof name === 'string' && isPasswordVariable(name)))) {
    add(found, { step: place, property: 'VariableValue', kind: 'password', needed: true }, value);
  }
}

function collectRules(
  value: Step['with'][string] | undefined,
  place: readonly string[],
  property: string,
  found: Found,
): void {
  if (typeof value !== 'object' || !('rules' in value)) return;
  value.rules.forEach((rule, index) => {
    for (const { name, value: text, secret } of rule.variables) {
      if (secret !== true && !isSealed(text) && !isPasswordVariable(name)) continue;
      const rule = `${property}, rule ${index + 1}, ${name}`;
      add(found, { step: place, property: rule, kind: 'password', needed: true }, text);
    }
  });
}

function kindOf({ secret }: PropertySpec): SecretPlace['kind'] {
  return secret === 'quasi' ? 'product-key' : 'password';
}

function add(found: Found, place: SecretPlace, value: Step['with'][string]): void {
  if (isSealed(value)) found.sealed.push(place);
  else if (value === '') found.blank.push(place);
  else if (typeof value === 'string' && !tellsNothing(value)) found.plain.push(place);
}

/** Whether what the step does needs the secret, though the export does not mention it. */
function asksFor({ with: values }: Step, property: string): boolean {
  const given = (name: string): boolean => typeof values[name] === 'string' && values[name] !== '';
  const on = (name: string): boolean => values[name] === true || values[name] === 'True';
  switch (property) {
    case 'DomainPassword':
      return given('DomainUsername');
    case 'CapturePassword':
      return given('CaptureUsername');
    case 'Password':
      return given('Username');
    case 'UserPassword':
      return given('UserName');
    case 'PIN':
      return values['Mode'] === 'TPMAndPIN';
    case 'LocalAccountPassword':
      return on('LocalAccounts');
    case 'AdminPassword':
      return values['RandomAdminPassword'] !== undefined && !on('RandomAdminPassword');
    default:
      return false;
  }
}
