/** The properties of a step with every secret resealed: sealed values, and plain ones in properties that are secrets by nature. */
import { isPasswordVariable, type DynamicRules, type PropertyValue, type Step } from '../model/index.ts';
import { holdsVariable, isSealed, isStepType, type PropertySpec, stepType } from '../steps/index.ts';
import { type Resealer, WITHHELD } from './reveal.ts';

/** The step's properties for the asker. `place` names the step in notes. */
export function resealedProperties(step: Step, place: string, { reseal }: Resealer): Step['with'] {
  const specs = isStepType(step.type) ? stepType(step.type).definition.properties : {};
  const variable = step.with['VariableName'];
  const setsPassword = typeof variable === 'string' && isPasswordVariable(variable);
  const seal = (value: Parameters<typeof reseal>[0], name: string) => reseal(value, `${place}, ${name}`) ?? WITHHELD;
  const one = (value: PropertyValue, spec: PropertySpec | undefined, name: string): PropertyValue => {
    if (isSealed(value)) return seal(value, name);
    if (typeof value === 'string') {
      const secret = spec?.secret === true || (setsPassword && name === 'VariableValue');
      return secret && value !== '' && !holdsVariable(value) ? seal(value, name) : value;
    }
    if (Array.isArray(value)) return value.map((item) => oneItem(item, spec, name)) as PropertyValue;
    if (typeof value === 'object' && 'rules' in value) return rules(value, name);
    return value;
  };
  const oneItem = (item: unknown, spec: PropertySpec | undefined, name: string): unknown => {
    if (typeof item !== 'object' || item === null) return item;
    const items = spec?.value.kind === 'list' ? spec.value.item : {};
    return Object.fromEntries(
      Object.entries(item as Readonly<Record<string, PropertyValue>>).map(([key, value]) => [
        key,
        one(value, items[key], `${name}.${key}`),
      ]),
    );
  };
  const rules = (value: DynamicRules, name: string): DynamicRules => ({
    rules: value.rules.map((rule) => ({
      ...rule,
      variables: rule.variables.map((each) => {
        const secret = isSealed(each.value) || each.secret === true || isPasswordVariable(each.name);
        const plain = typeof each.value === 'string' && (each.value === '' || holdsVariable(each.value));
        return secret && !plain ? { ...each, value: seal(each.value, `${name} ${each.name}`) } : each;
      }),
    })),
  });
  return Object.fromEntries(Object.entries(step.with).map(([name, value]) => [name, one(value, specs[name], name)]));
}
