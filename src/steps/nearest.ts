/** The name that was probably meant. */

/** Edits (insert, delete, replace) that make `b` out of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Up to three of `names` nearest to `wanted`, compared without case, nearest first; none that shares too little. */
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
