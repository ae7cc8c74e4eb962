/** Values as YAML reads them, in the kinds that the definitions want. */
import type { PropertyValue, Step } from '../model/index.ts';
import { isStepType, stepType } from './look-up.ts';
import type { PropertySpec, ValueKind } from './types.ts';
import { propertiesOf } from './universal.ts';

/**
 * The step with numbers and booleans as text where its type wants text: `VariableValue: 60` and `EncryptMethod: 7`
 * mean what stands there. (The reader of YAML gives as text what is spelled in another way than usual, so nothing is
 * lost.) What is of another kind altogether stays, for `checkStep` to refuse.
 */
export function typedStep(step: Step): Step {
  if (!isStepType(step.type)) return step;
  const specs = propertiesOf(stepType(step.type).definition);
  const entries = Object.entries(step.with).map(([name, value]): [string, PropertyValue] => {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    return [name, spec === undefined ? value : typed(spec.value, value)];
  });
  return { ...step, with: Object.fromEntries(entries) };
}

function typed(kind: ValueKind, value: PropertyValue): PropertyValue {
  if (kind.kind === 'boolean' || kind.kind === 'integer' || kind.kind === 'rules') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return kind.kind === 'list' ? value : String(value);
  if (!Array.isArray(value)) return value;
  if (kind.kind === 'references') return (value as readonly unknown[]).map((item) => scalarText(item)) as PropertyValue;
  return kind.kind === 'list'
    ? ((value as readonly unknown[]).map((item) => typedItem(kind.item, item)) as PropertyValue)
    : value;
}

function scalarText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function typedItem(specs: Readonly<Record<string, PropertySpec>>, item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const entries = Object.entries(item as Readonly<Record<string, PropertyValue>>);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      return [name, spec === undefined ? value : typed(spec.value, value)];
    }),
  );
}
