/** What was read once comes back for ever: XML -> model -> XML -> model, and on the way through the site's YAML. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { importMdt, importPackage, readSequence, writeSequence } from '../../../src/exchange/index.ts';
import { writeExpression, isExpression, readExpression } from '../../../src/exchange/expressions.ts';
import type { SequenceItem, Step, TaskSequence } from '../../../src/model/index.ts';
import { itemsToData, parseItems } from '../../../src/sequence/index.ts';
import { propertiesFrom, stepTypes } from '../../../src/steps/index.ts';
import { anyItems, anyPlainCondition } from '../sequence/arbitrary.ts';
import { exportedVariables } from '../steps/values.ts';
import { canonical } from './canonical.ts';
import * as made from './hand-made.ts';
import { haveSamples, sampleBytes, samples } from './samples.ts';

type Form = 'configmgr' | 'mdt';

function written(steps: readonly SequenceItem[], form: Form = 'configmgr', extra?: TaskSequence['extra']): string {
  const sequence = { id: 'ABC00001', name: 'S', folder: '', steps, ...(extra ? { extra } : {}) };
  return writeSequence(form === 'mdt' ? { ...sequence, form } : sequence);
}

function outline(items: readonly SequenceItem[]): unknown[] {
  return items.map(({ kind, name, enabled, continueOnError, ...item }) => [
    kind,
    name,
    enabled,
    continueOnError,
    item.condition?.length,
    ...('steps' in item ? outline(item.steps) : []),
  ]);
}

test('IO-18: any sequence keeps its outline, and what was read once is read again for ever', () => {
  fc.assert(
    fc.property(anyItems, fc.constantFrom('configmgr', 'mdt'), (items, form) => {
      const first = readSequence(written(items, form), 'first');
      expect(outline(first.steps)).toEqual(outline(items));
      const text = written(first.steps, form, first.extra);
      const second = readSequence(text, 'second');
      expect({ ...second, name: '' }).toEqual({ ...first, name: '' });
      expect(written(second.steps, form, second.extra)).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test('IO-18: an expression read is the expression written, empty values and absent ones apart', () => {
  fc.assert(
    fc.property(anyPlainCondition.filter(isExpression), (condition) => {
      const { type, values } = writeExpression(condition);
      const read = readExpression(type, values);
      const again = isExpression(read) ? writeExpression(read) : { type: '', values: [] };
      if (read.kind !== 'unreadable') expect(again).toEqual({ type, values });
      else expect(read.variables).toEqual(values);
    }),
    { numRuns: 500 },
  );
});

describe('IO-18: steps of every type, with any legal values', () => {
  test.each(stepTypes.map(({ definition }) => [definition.name, definition] as const))('%s', (name, definition) => {
    fc.assert(
      fc.property(exportedVariables(definition), fc.boolean(), (variables, disabled) => {
        const { with: values, extra } = propertiesFrom(definition, variables);
        if (extra) return;
        const step: Step = {
          kind: 'step',
          name: 'N',
          type: name,
          with: values,
          ...(disabled ? { enabled: false } : {}),
        };
        // A password in plain text would not leave.
        const { steps } = readSequence(written([step]), 'written');
        const secrets = Object.entries(definition.properties).filter(([, { secret }]) => secret !== undefined);
        const blank = Object.fromEntries(secrets.flatMap(([key]) => (key in values ? [[key, '']] : [])));
        const masked = (found: SequenceItem | undefined): unknown =>
          found?.kind === 'step' ? { ...found, with: { ...found.with, ...blank } } : found;
        expect(masked(steps[0])).toEqual(masked(step));
      }),
      { numRuns: 20 },
    );
  });
});

/** Through the text of a file, as a site keeps it. */
function throughYaml(items: readonly SequenceItem[]): readonly SequenceItem[] {
  const data: unknown = parse(stringify(itemsToData(items)));
  const { items: read, problems } = parseItems(data);
  expect(problems).toEqual([]);
  return read;
}

const { flat, child, mdtInConfigMgr, secrets, unknown, conditions } = made;

test.each(Object.entries({ flat, child, mdtInConfigMgr, secrets, unknown, conditions }))(
  'IO-18: hand-made "%s" through YAML gives the same XML',
  (_, text) => {
    const { steps, extra } = readSequence(text, 'hand-made');
    const read = throughYaml(steps);
    expect(read).toEqual(steps);
    expect(canonical(written(read, 'configmgr', extra))).toEqual(canonical(text));
  },
);

test.skipIf(!haveSamples)('IO-18: the samples of others (../shared/samples) go through YAML unchanged', async () => {
  for (const { file } of samples) {
    const bytes = sampleBytes(file);
    const { sequences } = file.endsWith('.zip') ? await importPackage(bytes) : importMdt([{ path: file, bytes }]);
    for (const { sequence } of sequences) expect(throughYaml(sequence.steps), file).toEqual(sequence.steps);
  }
});
