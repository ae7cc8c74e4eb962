/** Sequences of others, imported, written as YAML, loaded: the same model, and a JSON Schema that fits. */
import { describe, expect, test } from 'vitest';
import { importPackage } from '../../../src/exchange/index.ts';
import type { TaskSequence } from '../../../src/model/index.ts';
import { moveIn, objectText, setIn } from '../../../src/site/index.ts';
import { haveSamples, sampleBytes, samples } from '../exchange/samples.ts';
import { siteOf } from './site-of.ts';

const zips = samples.map(({ file }) => file).filter((file) => file.endsWith('.zip'));

async function sequencesOf(file: string): Promise<TaskSequence[]> {
  const { sequences } = await importPackage(sampleBytes(file));
  return sequences.map(({ sequence }, index) => ({ ...sequence, id: `ABC0000${index}`, folder: '' }));
}

function load(text: string) {
  const { site, problems } = siteOf({ 'task-sequences/s.yaml': text });
  return { sequence: site.all('taskSequence')[0]?.value, problems };
}

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  test.each(zips)('%s: model to YAML to model is the identity', async (file) => {
    const sequences = await sequencesOf(file);
    expect(sequences.length).toBeGreaterThan(0);
    for (const sequence of sequences) {
      const { sequence: again, problems } = load(objectText('taskSequence', sequence));
      expect(again).toEqual(sequence);
      // References to objects of another site, and no source of updates: the rest of the sequence is as the site wants it.
      const others = problems.filter(({ code }) => code !== 'SITE_REFERENCE' && code !== 'SITE_UPDATE_SOURCE');
      expect(others.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  test.each(zips)('%s: an item moved to the end and a new description change the model by that alone', async (file) => {
    for (const sequence of await sequencesOf(file)) {
      const text = objectText('taskSequence', sequence);
      const [first, ...rest] = sequence.steps;
      if (!first) throw new Error('no steps');
      const moved = moveIn(text, ['steps', 0], ['steps'], sequence.steps.length);
      expect(load(moved).sequence).toEqual({ ...sequence, steps: [...rest, first] });
      const described = setIn(text, ['description'], 'New\ntext\n');
      expect(load(described).sequence).toEqual({ ...sequence, description: 'New\ntext\n' });
    }
  });
});
