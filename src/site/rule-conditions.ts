/** The conditions of a collection's rule, read with the reader of task sequences. */
import type { Condition } from '../model/index.ts';
import { parseItems } from '../sequence/index.ts';
import type { PathProblem } from './zod-problems.ts';

const kept = new WeakMap<object, { conditions: readonly Condition[]; problems: readonly PathProblem[] }>();

/** Conditions from the data of a `condition:` list; paths of problems begin at that list. */
export function parseConditions(data: readonly unknown[]): {
  readonly conditions: readonly Condition[];
  readonly problems: readonly PathProblem[];
} {
  const known = kept.get(data);
  if (known) return known;
  const { items, problems } = parseItems([{ group: 'rule', condition: data, steps: [] }]);
  const conditions = items[0]?.condition ?? [];
  const read = { conditions, problems: problems.map((problem) => ({ ...problem, path: problem.path.slice(2) })) };
  kept.set(data, read);
  return read;
}
