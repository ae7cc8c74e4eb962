/** Which names of a disc can be part of a path: those that cannot would make the paths of lists and reports ambiguous. */

/** Why a name read from a disc cannot be part of a path; undefined when it can. */
export function unfitForPath(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name === '.' || name === '..') return 'it means another folder';
  const separator = ['/', '\\', '\0'].find((character) => name.includes(character));
  return separator === undefined ? undefined : `it holds ${JSON.stringify(separator)}`;
}
