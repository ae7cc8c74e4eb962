/** Lint of any sequence: it ends, says the same again, points into its file, and shows no value of a secret. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintSequence } from '../../../src/lint/index.ts';
import type { PropertyValue, SequenceItem } from '../../../src/model/index.ts';
import { objectText } from '../../../src/site/index.ts';
import { stepTypes } from '../../../src/steps/index.ts';
import { anyCondition, anyItems } from '../sequence/arbitrary.ts';
import { legalValues } from '../steps/values.ts';
import { OFFICE_FILES, OFFICE_SETTINGS } from '../templates/office.ts';
import { siteOf } from '../site/site-of.ts';

const CANARY = 'Canary7f3a';
const FILE = 'task-sequences/any.yaml';

/** Steps of every type with legal values, secrets sealed. */
const realStep: fc.Arbitrary<SequenceItem> = fc
  .tuple(
    fc.constantFrom(...stepTypes.map(({ definition }) => definition)),
    fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
    fc.array(anyCondition, { maxLength: 1 }),
    fc.boolean(),
  )
  .map(([definition, picks, condition, continueOnError]) => {
    const entries = Object.entries(definition.properties).flatMap(
      ([name, spec], index): (readonly [string, PropertyValue])[] => {
        const pick = picks[index % picks.length] ?? 0;
        if (pick % 3 === 0) return [];
        if (spec.secret !== undefined || spec.sealable === true) return [[name, { sealed: CANARY }]];
        const values = legalValues(spec.value);
        return [[name, values[pick % values.length] as PropertyValue]];
      },
    );
    const { name: type, title: name } = definition;
    return { kind: 'step', name, type, condition, continueOnError, with: Object.fromEntries(entries) };
  });

const anySteps = fc.oneof(anyItems, fc.array(realStep, { maxLength: 12 }));

test('any sequence', () => {
  fc.assert(
    fc.property(anySteps, fc.boolean(), (steps, inPe) => {
      const head = { id: 'ABC00100', name: 'Any', folder: '', ...(inPe ? { bootImage: 'pe-x64' } : {}) };
      const text = objectText('taskSequence', { ...head, steps });
      const variables = `variables: { OSDJoinPassword: !secret ${CANARY}, Hush: { value: ${CANARY}, hidden: true } }\n`;
      const files = { ...OFFICE_FILES, [FILE]: text };
      const { site, problems } = siteOf(files, OFFICE_SETTINGS + variables);
      const sequence = site.find('taskSequence', 'Any');
      if (!sequence) throw new Error('no sequence');
      const found = lintSequence(site, sequence, problems);
      expect(lintSequence(site, sequence, problems)).toEqual(found);
      const lines = text.split('\n').length;
      for (const { file, line, column } of found) {
        expect(file).toBe(FILE);
        expect(line).toBeLessThanOrEqual(lines);
        expect(Math.min(line, column)).toBeGreaterThan(0);
      }
      expect(JSON.stringify(found)).not.toContain(CANARY);
    }),
    { numRuns: 150 },
  );
});
