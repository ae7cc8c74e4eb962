/** Real exports: counts, nothing left over, and the way out and in again. */
import { describe, expect, test } from 'vitest';
import {
  exportPackage,
  importMdt,
  importPackage,
  readSequence,
  writeSequence,
  type ImportedSequence,
} from '../../../src/exchange/index.ts';
import { readSequenceObject } from '../../../src/exchange/object-read.ts';
import { readZip } from '../../../src/exchange/zip-read.ts';
import type { Condition, SequenceItem, Step, TaskSequence } from '../../../src/model/index.ts';
import { isStepType, stepType } from '../../../src/steps/index.ts';
import { canonical } from './canonical.ts';
import { haveSamples, sampleBytes, samples } from './samples.ts';

async function imported(file: string): Promise<readonly ImportedSequence[]> {
  const bytes = sampleBytes(file);
  const result = file.endsWith('.zip') ? await importPackage(bytes) : importMdt([{ path: file, bytes }]);
  return result.sequences;
}

/** The XML of each sequence as the file holds it. */
async function originals(file: string): Promise<Map<string, string>> {
  const bytes = sampleBytes(file);
  if (!file.endsWith('.zip')) return new Map([['', new TextDecoder().decode(bytes)]]);
  const found = new Map<string, string>();
  for (const [name, content] of await readZip(bytes)) {
    if (!name.endsWith('/object.xml')) continue;
    const object = readSequenceObject(new TextDecoder().decode(content), name);
    found.set(object.properties.id, object.sequence);
  }
  return found;
}

function items(list: readonly SequenceItem[]): SequenceItem[] {
  return list.flatMap((item) => [item, ...(item.kind === 'group' ? items(item.steps) : [])]);
}

function conditions(list: readonly Condition[] = []): Condition[] {
  return list.flatMap((condition) => [condition, ...('of' in condition ? conditions(condition.of) : [])]);
}

function typesOf(sequence: TaskSequence): Record<string, number> {
  const found: Record<string, number> = {};
  for (const item of items(sequence.steps)) {
    if (item.kind === 'group') continue;
    const type = isStepType(item.type) ? stepType(item.type).definition.type : item.extra?.type;
    found[type ?? '(no type)'] = (found[type ?? '(no type)'] ?? 0) + 1;
  }
  return found;
}

type Place = readonly number[];

function stepsOf(list: readonly SequenceItem[], place: Place = []): (readonly [Place, Step])[] {
  return list.flatMap((item, i) =>
    item.kind === 'group' ? stepsOf(item.steps, [...place, i]) : [[[...place, i], item] as const],
  );
}

function replaced(list: readonly SequenceItem[], [at = 0, ...rest]: Place, step: Step): SequenceItem[] {
  return list.map((item, i) => {
    if (i !== at) return item;
    return item.kind === 'group' ? { ...item, steps: replaced(item.steps, rest, step) } : step;
  });
}

const typeOfKind: Readonly<Record<string, string>> = {
  variable: 'SMS_TaskSequence_VariableConditionExpression',
  wmi: 'SMS_TaskSequence_WMIConditionExpression',
  folder: 'SMS_TaskSequence_FolderConditionExpression',
  file: 'SMS_TaskSequence_FileConditionExpression',
};

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  test.each(samples)('$file has the counts of its manifest', async ({ file, sequences }) => {
    const found = await imported(file);
    expect(found).toHaveLength(sequences.length);
    for (const [index, { counts, disabled, step_types, expression_types, version }] of sequences.entries()) {
      const { sequence, steps, groups } = found[index] as ImportedSequence;
      expect([steps, groups]).toEqual([counts['step'] ?? 0, counts['group'] ?? 0]);
      expect(sequence.form ?? 'configmgr').toBe(version === '3.10' ? 'configmgr' : 'mdt');
      const all = items(sequence.steps);
      expect(all.filter(({ enabled }) => enabled === false)).toHaveLength(disabled);
      expect(typesOf(sequence)).toEqual(step_types);
      expect(all.filter(({ condition }) => condition !== undefined)).toHaveLength(counts['condition'] ?? 0);
      const expressions = all.flatMap(({ condition }) => conditions(condition)).filter((found) => !('of' in found));
      expect(expressions).toHaveLength(counts['expression'] ?? 0);
      const kinds: Record<string, number> = {};
      for (const { kind } of expressions) {
        kinds[typeOfKind[kind] ?? kind] = (kinds[typeOfKind[kind] ?? kind] ?? 0) + 1;
      }
      expect(kinds).toEqual(expression_types);
    }
  });

  test.each(samples)('$file leaves nothing over and nothing unsupported', async ({ file }) => {
    for (const { sequence, unsupported } of await imported(file)) {
      expect(items(sequence.steps).filter(({ extra }) => extra !== undefined)).toEqual([]);
      expect(unsupported).toEqual([]);
    }
  });

  test.each(samples)('IO-18: $file in, out, in again is equal, and its XML after canonical order', async ({ file }) => {
    const texts = await originals(file);
    for (const { sequence, sourceId } of await imported(file)) {
      const text = writeSequence(sequence);
      const again = readSequence(text, 'written');
      expect(again.steps).toEqual(sequence.steps);
      expect(again.form).toBe(sequence.form ?? 'configmgr');
      expect(canonical(text)).toEqual(canonical(texts.get(file.endsWith('.zip') ? sourceId : '') ?? ''));
    }
  });

  test.each(samples)('IO-18: $file as a package of ours, in again, is equal', async ({ file }) => {
    const found = await imported(file);
    const sequences = found.map(({ sequence }, index) => ({ ...sequence, id: sequence.id || `ABC0000${index + 1}` }));
    const objects = found.flatMap(({ references }) =>
      references.flatMap(({ kind, id, name = '', ...rest }) =>
        kind === undefined ? [] : [{ ...rest, kind, id, name }],
      ),
    );
    const { zip } = await exportPackage({ sequences, objects, comment: 'to and fro' });
    const again = await importPackage(zip);
    expect(again.comment).toBe('to and fro');
    expect(again.sequences.map(({ sequence }) => sequence)).toEqual(sequences);
    const named = found.flatMap(({ references }) => references).filter(({ name }) => name !== undefined);
    expect(again.sequences.flatMap(({ references }) => references)).toEqual(expect.arrayContaining(named));
  });

  test.each(samples)(
    'changing one text of a step of $file changes that variable and the command line alone',
    async ({ file }) => {
      for (const { sequence } of await imported(file)) {
        const before = canonical(writeSequence(sequence));
        for (const [place, step] of stepsOf(sequence.steps)) {
          const { properties } = stepType(step.type).definition;
          for (const [name, value] of Object.entries(step.with)) {
            const spec = properties[name];
            if (spec?.value.kind !== 'text' || spec.secret !== undefined || typeof value !== 'string') continue;
            const changed = { ...step, with: { ...step.with, [name]: 'ChangedByTheTest' } };
            const after = canonical(writeSequence({ ...sequence, steps: replaced(sequence.steps, place, changed) }));
            expect(after, `${step.name}: ${name}`).toHaveLength(before.length);
            const lines = after.filter((line) => !before.includes(line)).map((line) => line.trim());
            const variables = lines.filter((line) => line.startsWith('variable '));
            const others = lines.filter((line) => !line.startsWith('variable ') && !line.startsWith('action '));
            expect(others, `${step.name}: ${name}`).toEqual([]);
            expect(lines.length, `${step.name}: ${name}`).toBeGreaterThan(0);
            for (const line of variables) expect(line).toMatch(/ "ChangedByTheTest"$/);
            expect(new Set(variables).size).toBeLessThanOrEqual(1);
          }
        }
      }
    },
  );

  test('no name of an exporting server is in what is written', async () => {
    for (const { file } of samples.filter(({ file }) => file.endsWith('.zip'))) {
      const object = [...(await readZip(sampleBytes(file)))].find(([name]) => name.endsWith('/object.xml'));
      const text = new TextDecoder().decode(object?.[1]);
      const server = /NAME="__SERVER"[^>]*>\s*<VALUE>([^<]+)</.exec(text)?.[1];
      expect(server).toBeDefined();
      const { sequences } = await importPackage(sampleBytes(file));
      const { zip } = await exportPackage({ sequences: sequences.map(({ sequence }) => sequence), objects: [] });
      for (const [name, content] of await readZip(zip)) {
        expect(new TextDecoder().decode(content).includes(`\\\\${server}\\`), name).toBe(false);
        expect(new TextDecoder().decode(content).includes(`<VALUE>${server}<`), name).toBe(false);
      }
    }
  });
});
