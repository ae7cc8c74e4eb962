/** Texts at paths of plain data replaced; `*` in a path stands for each item of a list. */

/** A copy with the texts at these paths as `replaced` gives them; `undefined` removes the key, or the item of a list. */
export function replaceTexts(
  value: unknown,
  paths: readonly (readonly string[])[],
  replaced: (text: string) => string | undefined,
): unknown {
  return paths.reduce((whole: unknown, path) => replaceAt(whole, path, replaced), value);
}

function replaceAt(value: unknown, path: readonly string[], replaced: (text: string) => string | undefined): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return typeof value === 'string' ? replaced(value) : value;
  if (part === '*') {
    if (!Array.isArray(value)) return value;
    return value.map((item) => replaceAt(item, rest, replaced)).filter((item) => item !== undefined);
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return value;
  const inner = replaceAt((value as Readonly<Record<string, unknown>>)[part], rest, replaced);
  const entries = Object.entries(value).map(([key, item]) => [key, key === part ? inner : item] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
