/** Edits of real sequences: the samples of others, imported, written as YAML and edited. */
import { describe, expect, test } from 'vitest';
import { importPackage } from '../../../../src/exchange/index.ts';
import type { SequenceItem, TaskSequence } from '../../../../src/model/index.ts';
import { type ItemPath, placedItems, showPath } from '../../../../src/sequence/index.ts';
import { editSequence, objectText } from '../../../../src/site/index.ts';
import { haveSamples, sampleBytes, samples } from '../../exchange/samples.ts';
import { siteOf } from '../site-of.ts';
import { randomBelow } from '../../../support/random-numbers.ts';

const zips = samples.map(({ file }) => file).filter((file) => file.endsWith('.zip'));

function load(text: string): readonly SequenceItem[] {
  const { site } = siteOf({ 'task-sequences/s.yaml': text });
  return site.all('taskSequence')[0]?.value.steps ?? [];
}

/** The items with the list at a path replaced. */
function withList(
  items: readonly SequenceItem[],
  path: ItemPath,
  change: (list: readonly SequenceItem[]) => readonly SequenceItem[],
): readonly SequenceItem[] {
  const [index, ...rest] = path;
  if (index === undefined) return change(items);
  return items.map((item, at) =>
    at === index && item.kind === 'group' ? { ...item, steps: withList(item.steps, rest, change) } : item,
  );
}

const removed = (items: readonly SequenceItem[], path: ItemPath) =>
  withList(items, path.slice(0, -1), (list) => list.filter((_, index) => index !== path.at(-1)));

describe.skipIf(!haveSamples)('samples of others (../shared/samples)', () => {
  test.each(zips)('EDIT-04 EDIT-05: %s: every edit of an item gives the model that it says', async (file) => {
    const { sequences } = await importPackage(sampleBytes(file));
    const random = randomBelow(7);
    for (const { sequence: imported } of sequences) {
      const sequence: TaskSequence = { ...imported, id: 'ABC00001', folder: '' };
      const text = objectText('taskSequence', sequence);
      const { steps } = sequence;
      const placed = placedItems(steps);
      for (let round = 0; round < 4; round++) {
        const { item, path } = placed[random(placed.length)] ?? expect.unreachable('no item');
        const place = showPath(path);
        const list = path.slice(0, -1);
        const index = path.at(-1) ?? 0;

        const gone = editSequence(text, { edit: 'remove', item: place });
        expect(load(gone.text)).toEqual(removed(steps, path));
        expect(gone.item.name).toBe(item.name);

        const top = editSequence(text, { edit: 'move', item: place, to: { where: 'into', first: true } });
        expect(load(top.text)).toEqual([item, ...removed(steps, path)]);

        const copy = editSequence(text, {
          edit: 'copy',
          item: place,
          to: { where: 'after', item: place },
          name: 'A copy',
        });
        const expected = withList(steps, list, (within) => [
          ...within.slice(0, index + 1),
          { ...item, name: 'A copy' },
          ...within.slice(index + 1),
        ]);
        expect(load(copy.text)).toEqual(expected);

        const wasOff = item.enabled === false;
        const changed = editSequence(text, { edit: 'change', item: place, changes: { enabled: wasOff } });
        const { enabled: _, ...on } = item;
        const toggled = wasOff ? on : { ...item, enabled: false };
        expect(load(changed.text)).toEqual(
          withList(steps, list, (within) =>
            within.map((each, at) => (at === index ? (toggled as SequenceItem) : each)),
          ),
        );
        const lines = (whole: string) => whole.split('\n');
        expect(lines(changed.text).length - lines(text).length).toBe(wasOff ? -1 : item.enabled === undefined ? 1 : 0);
      }
    }
  });
});
