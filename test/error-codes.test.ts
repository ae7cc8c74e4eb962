/** The error table at the end of each folder's README equals what its codes.ts registers; UPDATE_GOLDEN=1 rewrites it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { allCodes } from '../src/core/index.ts';
import { scanFolders } from './architecture/scan.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const HEADING = '## Error codes';

const modules = scanFolders(root, ['src', 'images', 'media', 'pxe'])
  .map(({ path }) => path)
  .filter((path) => path.endsWith('/codes.ts'));

/** The constants that a codes.ts exports are objects whose every value is its own key. */
async function codesOf(path: string): Promise<string[]> {
  const exported = (await import(pathToFileURL(`${root}${path}`).href)) as Readonly<Record<string, unknown>>;
  return Object.values(exported).flatMap((value) =>
    typeof value === 'object' && value !== null && Object.entries(value).every(([key, own]) => key === own)
      ? Object.keys(value)
      : [],
  );
}

function table(codes: readonly string[]): string {
  const rows = allCodes()
    .filter(([code]) => codes.includes(code))
    .map(([code, { title, remedy }]) => `| \`${code}\` | ${title} | ${remedy} |`);
  return `${HEADING}\n\n| code | what is wrong | what to do |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** Where the section begins and ends: at its heading, and at the next heading of that level or the end of the text. */
function section(text: string): { readonly start: number; readonly end: number } {
  const start = text.indexOf(HEADING);
  if (start < 0) return { start: text.length, end: text.length };
  const next = text.indexOf('\n## ', start);
  return { start, end: next < 0 ? text.length : next + 1 };
}

describe('README of', () => {
  test.each(modules)('%s shows its codes', async (path) => {
    const readme = `${root}${dirname(path)}/README.md`;
    expect(existsSync(readme), `${readme} exists`).toBe(true);
    const codes = await codesOf(path);
    expect(codes.length, `${path} exports the result of registerCodes`).toBeGreaterThan(0);
    const text = readFileSync(readme, 'utf8');
    const { start, end } = section(text);
    const wanted = table(codes);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      const after = text.slice(end) === '' ? '' : `\n${text.slice(end)}`;
      writeFileSync(readme, `${text.slice(0, start).trimEnd()}\n\n${wanted}${after}`);
    } else {
      expect(`${text.slice(start, end).trimEnd()}\n`, 'UPDATE_GOLDEN=1 npm run test:unit rewrites it').toBe(wanted);
    }
  });
});

test('every code is used outside the table', async () => {
  const sources = scanFolders(root, ['src', 'images', 'media', 'pxe'])
    .filter(({ path }) => !path.endsWith('/codes.ts'))
    .map(({ path }) => readFileSync(`${root}${path}`, 'utf8'));
  for (const path of modules) {
    for (const code of await codesOf(path)) {
      expect(
        sources.some((text) => text.includes(code)),
        `${code} of ${path}`,
      ).toBe(true);
    }
  }
});
