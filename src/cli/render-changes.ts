/** Files of a site that were written or would be, for people. */
import type { ChangedSite } from '../app/index.ts';
import { siteProblemText } from './error-text.ts';

/** With `planned` the diffs, else one line a file; then what the site warns of now. */
export function changeLines({ planned, changes, warnings }: ChangedSite): string[] {
  const verb = { create: 'written', change: 'changed', remove: 'removed' } as const;
  return [
    ...(planned ? ['Plan (nothing was written)'] : []),
    ...changes.flatMap(({ file, action, diff }) => (planned ? ['', diff] : [`${file} ${verb[action]}`])),
    ...warnings.map((problem) => siteProblemText(problem)),
  ];
}
