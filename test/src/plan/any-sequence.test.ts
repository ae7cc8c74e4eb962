/** Plans of any sequence: they end, tell each item once, are the same again, and show nothing hidden. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/index.ts';
import type { SequenceItem, SiteObject } from '../../../src/model/index.ts';
import { PLAN_MEDIA, planHtml, planSequence, planText } from '../../../src/plan/index.ts';
import { placedItems, showPath } from '../../../src/sequence/index.ts';
import { stepTypes } from '../../../src/steps/index.ts';
import { anyItems } from '../sequence/arbitrary.ts';
import { DESKTOP, LAPTOP, office, TABLET } from './office.ts';

const { site } = office();
const CANARY = 'Canary-7f3a';

function sequenceOf(steps: readonly SequenceItem[]): SiteObject<'taskSequence'> {
  const value = { id: 'ABC00090', name: 'Any', folder: '', bootImage: 'pe-x64', steps };
  return { kind: 'taskSequence', file: '', builtIn: false, name: 'Any', id: 'ABC00090', value };
}

/** Steps of real types whose texts are made of hidden variables. */
const realStep: fc.Arbitrary<SequenceItem> = fc
  .tuple(
    fc.constantFrom(...stepTypes.map(({ definition }) => definition)),
    fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
  )
  .map(([definition, picks]) => {
    const texts = ['%Hidden%', '%OSDJoinPassword%', 'x%Hidden%y', 'WinPE', 'HD', 'C:\\Store', 'Windows 11', 'GPT'];
    const entries = Object.entries(definition.properties).flatMap(
      ([name, { value }], index): (readonly [string, string | number | boolean])[] => {
        const pick = picks[index % picks.length] ?? 0;
        if (pick % 3 === 0) return [];
        if (value.kind === 'boolean') return [[name, pick % 2 === 0]];
        if (value.kind === 'integer') return [[name, pick % 3]];
        if (value.kind === 'list' || value.kind === 'rules') return [];
        return [[name, texts[pick % texts.length] ?? '']];
      },
    );
    return { kind: 'step', name: definition.title, type: definition.name, with: Object.fromEntries(entries) };
  });

const any = fc.record({
  steps: fc.oneof(anyItems, fc.array(realStep, { maxLength: 12 })),
  facts: fc.constantFrom(LAPTOP, DESKTOP, TABLET, {}, { architecture: 'x64' as const, firmware: 'uefi' as const }),
  medium: fc.constantFrom(...PLAN_MEDIA, undefined),
});

test('any sequence on any machine', () => {
  const hidden = [
    'Hidden',
    'OSDStateStorePath',
    'SMSTSAssignUsersMode',
    'OSDDiskIndex',
    'OSDComputerName',
    'OSDPartitionStyle',
  ];
  const given = [
    ...hidden.map((name) => ({ name, value: `C:\\${CANARY}`, hidden: true })),
    { name: 'SMSTSPreferredAdvertID', value: new Secret(CANARY) },
    // A password by its name, in plain text.
    { name: 'OSDJoinPassword', value: CANARY },
  ];
  fc.assert(
    fc.property(any, ({ steps, facts, medium }) => {
      const sequence = sequenceOf(steps);
      const input = {
        site,
        sequence,
        facts: { ...facts, variables: { OSDLocalAdminPassword: CANARY } },
        given,
        ...(medium ? { medium } : {}),
      };
      const plan = planSequence(input);
      expect(plan.items.map(({ place }) => place)).toEqual(
        expect.arrayContaining(placedItems(steps).map(({ path }) => showPath(path))),
      );
      const json = JSON.stringify(plan);
      expect(JSON.parse(json)).toEqual(plan);
      expect(JSON.stringify(planSequence(input))).toBe(json);
      for (const text of [json, planText(plan), planHtml(plan)]) expect(text).not.toContain(CANARY);
    }),
    { numRuns: 150 },
  );
});
