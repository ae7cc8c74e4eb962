/** Plain passwords of an imported sequence, sealed for the site before they reach a file. Product keys stay as they are. */
import {
  isPasswordVariable,
  type DynamicRules,
  type PropertyValue,
  type SealedText,
  type SequenceItem,
  type Step,
} from '../model/index.ts';
import { holdsVariable, isStepType, stepType } from '../steps/index.ts';

export type Seal = (text: string) => SealedText;

/**
 * The items with every plain password sealed. Data of unknown steps cannot hold sealed text: there passwords are blanked, and the
 * report of the import says what must be typed again.
 */
export function withSealedSecrets(items: readonly SequenceItem[], seal: Seal): SequenceItem[] {
  return items.map((item) => {
    const extra = item.extra?.variables && {
      extra: {
        ...item.extra,
        variables: item.extra.variables.map((variable) =>
          isPasswordVariable(variable.name) && isPlain(variable.value) ? { ...variable, value: '' } : variable,
        ),
      },
    };
    if (item.kind === 'group') return { ...item, ...extra, steps: withSealedSecrets(item.steps, seal) };
    return { ...item, ...extra, with: sealedWith(item, seal) };
  });
}

function sealedWith(step: Step, seal: Seal): Step['with'] {
  const properties = isStepType(step.type) ? stepType(step.type).definition.properties : {};
  const { VariableName: variable } = step.with;
  const setsPassword = typeof variable === 'string' && isPasswordVariable(variable);
  return Object.fromEntries(
    Object.entries(step.with).map(([name, value]): [string, PropertyValue] => {
      if (typeof value === 'object' && 'rules' in value) return [name, sealedRules(value, seal)];
      const isSecret = properties[name]?.secret === true || (setsPassword && name === 'VariableValue');
      return [name, isSecret && isPlain(value) ? seal(value) : value];
    }),
  );
}

function sealedRules({ rules }: DynamicRules, seal: Seal): DynamicRules {
  return {
    rules: rules.map((rule) => ({
      ...rule,
      variables: rule.variables.map((variable) => {
        const { name, value, secret } = variable;
        const isSecret = (secret === true || isPasswordVariable(name)) && isPlain(value);
        return isSecret ? { ...variable, value: seal(value) } : variable;
      }),
    })),
  };
}

/** Text that tells something: not empty, and more than references to variables. */
function isPlain(value: PropertyValue): value is string {
  if (typeof value !== 'string' || value === '') return false;
  return !holdsVariable(value) || value.replaceAll(/%[A-Za-z_][A-Za-z0-9_-]*%/g, '') !== '';
}
