/** Objects of a site as they may be shown: every secret as dots, sealed or not. */
import {
  type DynamicRules,
  isPasswordVariable,
  type PropertyValue,
  type SequenceItem,
  type SiteObject,
  type Step,
} from '../model/index.ts';
import { isStepType, secretProperties, stepType } from '../steps/index.ts';

/** What stands in the place of a secret. */
export const masked = '••••••';

/** The value of an object without `undefined` and with dots for secrets; plain data for JSON and YAML. */
export function shownObject({ kind, value }: SiteObject): Readonly<Record<string, unknown>> {
  const whole = plain(value) as Record<string, unknown>;
  if (kind !== 'taskSequence') return whole;
  const { steps } = value as SiteObject<'taskSequence'>['value'];
  return { ...whole, steps: steps.map((item) => plain(maskedItem(item))) };
}

/** An item whose secrets are dots: properties that are secrets by nature, values of variables with a password's name. */
export function maskedItem(item: SequenceItem): SequenceItem {
  const extra = item.extra?.variables && {
    extra: {
      ...item.extra,
      variables: item.extra.variables.map((variable) =>
        isPasswordVariable(variable.name) && variable.value !== '' ? { ...variable, value: masked } : variable,
      ),
    },
  };
  if (item.kind === 'group') return { ...item, ...extra, steps: item.steps.map(maskedItem) };
  return { ...item, ...extra, with: maskedWith(item) };
}

function maskedWith(step: Step): Step['with'] {
  const secret = new Set(isStepType(step.type) ? secretProperties(stepType(step.type).definition) : []);
  const { VariableName: name } = step.with;
  if (typeof name === 'string' && isPasswordVariable(name)) secret.add('VariableValue');
  return Object.fromEntries(
    Object.entries(step.with).map(([property, value]): [string, PropertyValue] => {
      if (typeof value === 'object' && 'rules' in value) return [property, maskedRules(value)];
      return [property, secret.has(property) && value !== '' ? masked : value];
    }),
  );
}

function maskedRules({ rules }: DynamicRules): DynamicRules {
  return {
    rules: rules.map((rule) => ({
      ...rule,
      variables: rule.variables.map((variable) =>
        (variable.secret === true || isPasswordVariable(variable.name)) && variable.value !== ''
          ? { ...variable, value: masked }
          : variable,
      ),
    })),
  };
}

/** Sealed values, hidden variables and everything that is called a password, wherever they stand. */
function plain(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' && value !== '' && isSecretKey(key) ? masked : value;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 1 && entries[0]?.[0] === 'sealed') return masked;
  const isHidden = ('hidden' in value && value.hidden === true) || isSecretKey(key);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, isHidden && name === 'value' ? masked : plain(item, name)]),
  );
}

function isSecretKey(key: string): boolean {
  return isPasswordVariable(key) || key === 'password';
}
