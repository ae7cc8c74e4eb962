/** Plain data of an object as indented lines, for people; programs take `--json`. */

/** Lines of a mapping: `key: value`, lists with dashes. */
export function dataLines(value: Readonly<Record<string, unknown>>, indent: number): string[] {
  return Object.entries(value).flatMap(([key, item]) => entryLines(`${key}:`, item, indent));
}

function entryLines(head: string, value: unknown, indent: number): string[] {
  const pad = ' '.repeat(indent);
  if (typeof value !== 'object' || value === null) return scalarLines(head, String(value), pad);
  const below = Array.isArray(value)
    ? value.flatMap((item) => itemLines(item, indent + 2))
    : dataLines(value as Record<string, unknown>, indent + 2);
  return below.length === 0 ? [`${pad}${head} ${Array.isArray(value) ? '[]' : '{}'}`] : [`${pad}${head}`, ...below];
}

function itemLines(value: unknown, indent: number): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return entryLines('-', value, indent);
  const [first = '', ...rest] = dataLines(value as Record<string, unknown>, indent + 2);
  return [`${' '.repeat(indent)}- ${first.trimStart()}`, ...rest];
}

function scalarLines(head: string, text: string, pad: string): string[] {
  if (!text.includes('\n')) return [`${pad}${head} ${text}`];
  return [
    `${pad}${head}`,
    ...text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `${pad}  ${line}`),
  ];
}
