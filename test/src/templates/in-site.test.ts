/** Every kind's file passes the checks of its site, and comes back from YAML as it was. */
import { expect, test } from 'vitest';
import { objectText } from '../../../src/site/index.ts';
import { TEMPLATE_KINDS } from '../../../src/templates/index.ts';
import { itemsToData, parseItems } from '../../../src/sequence/index.ts';
import { siteOf } from '../site/site-of.ts';
import { make, OFFICE_FILES, OFFICE_SETTINGS } from './office.ts';

test.each(TEMPLATE_KINDS)('TPL-02: %s is valid in its site, and with steps removed', (kind) => {
  const { sequence } = make(kind, kind === 'upgrade' ? { assessment: true, checks: true } : {});
  const load = (steps: typeof sequence.steps) => {
    const text = objectText('taskSequence', { ...sequence, steps, id: 'ABC00100', folder: '' });
    return siteOf({ ...OFFICE_FILES, 'task-sequences/test.yaml': text }, OFFICE_SETTINGS);
  };
  const { site, problems } = load(sequence.steps);
  expect(problems).toEqual([]);
  expect(site.find('taskSequence', 'Test')?.value.steps).toEqual(sequence.steps);
  expect(parseItems(itemsToData(sequence.steps)).items).toEqual(sequence.steps);
  expect(load(sequence.steps.slice(1)).problems).toEqual([]);
  expect(load([...sequence.steps].reverse()).problems).toEqual([]);
});
