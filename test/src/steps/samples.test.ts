/** Steps of real exports: every property known, every value one that its definition allows. */
import { describe, expect, test } from 'vitest';
import { importMdt, importPackage } from '../../../src/exchange/index.ts';
import type { SequenceItem, Step } from '../../../src/model/index.ts';
import { actionOf, checkStep, variablesOf } from '../../../src/steps/index.ts';
import { haveSamples, sampleBytes, samples } from '../exchange/samples.ts';

function stepsOf(items: readonly SequenceItem[]): Step[] {
  return items.flatMap((item) => (item.kind === 'step' ? [item] : stepsOf(item.steps)));
}

async function stepsIn(file: string): Promise<{ form: 'configmgr' | 'mdt'; steps: Step[] }[]> {
  const bytes = sampleBytes(file);
  const { sequences } = file.endsWith('.zip') ? await importPackage(bytes) : importMdt([{ path: file, bytes }]);
  return sequences.map(({ sequence }) => ({ form: sequence.form ?? 'configmgr', steps: stepsOf(sequence.steps) }));
}

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  test.each(samples)('$file: no error, nothing left over', async ({ file }) => {
    for (const { form, steps } of await stepsIn(file)) {
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) {
        expect(
          checkStep(step).filter(({ severity }) => severity === 'error'),
          step.name,
        ).toEqual([]);
        expect(step.extra, step.name).toBeUndefined();
        expect(actionOf(step, { form })).not.toBe('');
      }
    }
  });

  test('the spelling of a step is said only where it is not the usual one', async () => {
    const all = (await Promise.all(samples.map(({ file }) => stepsIn(file)))).flat();
    const steps = all.flatMap((sequence) => sequence.steps);
    const odd = steps.filter((step) => step.with['Dialect'] !== undefined);
    expect(odd.map(({ name, with: values }) => [name, values['Dialect']])).toEqual([
      ['Restart computer', 'mdt-prefixed'],
    ]);
    const hidden = all.filter(({ form }) => form === 'mdt').flatMap(({ steps: found }) => found);
    expect(hidden.flatMap((step) => variablesOf(step, { form: 'mdt' })).filter(({ hidden: flag }) => flag)).toEqual([]);
  });
});
