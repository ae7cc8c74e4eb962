/** What YAML reads as number or boolean is text where the type of the step wants text. */
import { expect, test } from 'vitest';
import type { PropertyValue } from '../../../src/model/index.ts';
import { checkStep, stepTypes, typedStep } from '../../../src/steps/index.ts';
import { requiredValues } from './values.ts';

function typed(type: string, values: Record<string, unknown>): unknown {
  return typedStep({ kind: 'step', name: 'S', type, with: values as Record<string, PropertyValue> }).with;
}

test('text, choices and references take numbers and booleans as text', () => {
  expect(
    typed('set-task-sequence-variable', { VariableName: 'A', VariableValue: 60, DoNotShowVariableValue: true }),
  ).toEqual({
    VariableName: 'A',
    VariableValue: '60',
    DoNotShowVariableValue: true,
  });
  expect(typed('enable-bitlocker', { EncryptMethod: 7 })).toEqual({ EncryptMethod: '7' });
  expect(typed('install-application', { ApplicationName: [7, 'zip'], RetryCount: 3 })).toEqual({
    ApplicationName: ['7', 'zip'],
    RetryCount: 3,
  });
  expect(
    typed('format-and-partition-disk', { DiskIndex: 0, Partitions: [{ VolumeName: 1, Size: 2, Odd: 3 }, 4] }),
  ).toEqual({
    DiskIndex: 0,
    Partitions: [{ VolumeName: '1', Size: 2, Odd: 3 }, 4],
  });
});

test('nothing else changes: what is of another kind is refused afterwards, too', () => {
  expect(typed('unknown', { A: 1 })).toEqual({ A: 1 });
  expect(typed('run-command-line', { CommandLine: ['x'], NoSuch: 1 })).toEqual({ CommandLine: ['x'], NoSuch: 1 });
  const sealed = { sealed: 'X' };
  expect(typed('run-command-line', { UserPassword: sealed })).toEqual({ UserPassword: sealed });
});

test('every text property of every type takes a number so', () => {
  for (const { definition } of stepTypes) {
    for (const [name, spec] of Object.entries(definition.properties)) {
      if (spec.value.kind !== 'text' || spec.value.pattern !== undefined) continue;
      const values = { ...requiredValues(definition), [name]: 60 } as Record<string, PropertyValue>;
      const step = typedStep({ kind: 'step', name: 'S', type: definition.name, with: values });
      const faults = checkStep(step).filter(({ code }) => code === 'STEP_PROPERTY_VALUE');
      expect(faults, `${definition.name} ${name}`).toEqual([]);
      expect(step.with[name]).toBe('60');
    }
  }
});
