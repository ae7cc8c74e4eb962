/** Plans of sequences of others (../shared/samples): nothing crashes, and how many conditions facts leave undecided. */
import { describe, expect, test } from 'vitest';
import { importMdt, importPackage } from '../../../src/exchange/index.ts';
import type { SiteObject, TaskSequence } from '../../../src/model/index.ts';
import { planHtml, planSequence, planText } from '../../../src/plan/index.ts';
import { haveSamples, sampleBytes, samples } from '../exchange/samples.ts';
import { DESKTOP, LAPTOP, office, TABLET } from './office.ts';

const { site } = office();

async function sequencesOf(file: string): Promise<TaskSequence[]> {
  const bytes = sampleBytes(file);
  const { sequences } = file.endsWith('.zip') ? await importPackage(bytes) : importMdt([{ path: file, bytes }]);
  return sequences.map(({ sequence }) => sequence);
}

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  const totals = { conditions: 0, unknown: 0 };

  test.each(samples)('$file', async ({ file }) => {
    for (const value of await sequencesOf(file)) {
      const sequence: SiteObject<'taskSequence'> = {
        kind: 'taskSequence',
        file,
        builtIn: false,
        name: value.name,
        id: value.id,
        value,
      };
      const lines: string[] = [];
      for (const facts of [LAPTOP, DESKTOP, TABLET]) {
        const plan = planSequence({ site, sequence, facts });
        // Every step has a decision, and every condition that is reached has a value.
        expect(plan.items.length).toBeGreaterThan(0);
        expect(planText(plan)).not.toContain('undefined');
        expect(planHtml(plan)).not.toContain('undefined');
        const conditions = plan.items.filter(({ condition }) => condition !== null).length;
        totals.conditions += conditions;
        totals.unknown += plan.unknownConditions;
        lines.push(`${plan.device.name}: ${plan.unknownConditions} of ${conditions}`);
      }
      console.log(`conditions not decided, ${value.name}: ${lines.join('; ')}`);
    }
  });

  test('most conditions of the samples are decided from facts', () => {
    console.log(`conditions not decided, all samples on three machines: ${totals.unknown} of ${totals.conditions}`);
    expect(totals.conditions).toBeGreaterThan(0);
    expect(totals.unknown).toBeLessThan(totals.conditions);
  });
});
