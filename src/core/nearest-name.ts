/** The name that somebody most likely meant. */

/** Insertions, deletions, replacements and swaps of neighbours that make `a` of `b`; compared without case. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      line.push(least);
    }
    beforeLast = last;
    last = line;
  }
  return last[b.length] ?? 0;
}

/**
 * The name of `names` nearest to `given`, without case; undefined when none is near (more than a third of the letters differ).
 * The first of equally near ones. Text longer than any name could be is not compared.
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const lower = given.slice(0, 100).toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(lower.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - lower.length) >= least) continue;
    const found = distance(lower, name.toLowerCase());
    if (found < least) [least, best] = [found, name];
  }
  return best;
}

/** `Did you mean X?`, or the list of names when none is near and the list is short. */
export function nearestHint(given: string, names: readonly string[]): string {
  const near = nearestName(given, names);
  if (near !== undefined) return `Did you mean ${near}?`;
  return names.length <= 24 ? `Known here: ${names.join(', ')}.` : 'No known name is near it.';
}

/** Up to three of `names` nearest to `wanted`, nearest first, equally near ones by name; none that shares less than half. */
export function nearestNames(wanted: string, names: Iterable<string>): string[] {
  const key = wanted.toLowerCase().slice(0, 100);
  const isNear = (edits: number, name: string): boolean => edits <= Math.max(key.length, name.length) / 2;
  return [...new Set(names)]
    .filter((name) => isNear(Math.abs(name.length - key.length), name))
    .map((name) => ({ name, edits: distance(key, name.toLowerCase()) }))
    .filter(({ name, edits }) => isNear(edits, name))
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}
