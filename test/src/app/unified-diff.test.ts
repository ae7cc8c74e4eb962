import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../../src/app/unified-diff.ts';

/** Applies a unified diff as `patch` does: every line of context and removal must stand where the hunk says. */
function patched(before: string, diff: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const out: string[] = [];
  let at = 0;
  const rows = diff.split('\n').slice(2);
  for (let row = 0; row < rows.length; row++) {
    const text = rows[row] ?? '';
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$/.exec(text);
    if (hunk) {
      const from = hunk[2] === '0' ? Number(hunk[1]) : Number(hunk[1]) - 1;
      while (at < from) out.push(lines[at++] ?? '');
      expect(out.length).toBe(hunk[4] === '0' ? Number(hunk[3]) : Number(hunk[3]) - 1);
      continue;
    }
    const noEnd = rows[row + 1] === '\\ No newline at end of file';
    const line = text.slice(1) + (noEnd ? '' : '\n');
    if (noEnd) row++;
    if (text.startsWith('+')) out.push(line);
    else {
      expect(lines[at]).toBe(line);
      if (text.startsWith(' ')) out.push(line);
      at++;
    }
  }
  return [...out, ...lines.slice(at)].join('');
}

describe('unified diffs', () => {
  test('say where lines were removed and added, with three lines around', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
    expect(unifiedDiff('x.yaml', before, before.replace('e\n', 'E\n'))).toBe(
      ['--- a/x.yaml', '+++ b/x.yaml', '@@ -2,7 +2,7 @@', ' b', ' c', ' d', '-e', '+E', ' f', ' g', ' h'].join('\n'),
    );
  });

  test('a file that is made or removed, a last line without its end', () => {
    expect(unifiedDiff('x', undefined, 'a\n')).toBe('--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a');
    expect(unifiedDiff('x', 'a\n', undefined)).toBe('--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a');
    expect(unifiedDiff('x', 'a', 'a\n')).toBe('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a');
    expect(unifiedDiff('x', 'a', 'a')).toBe('');
  });

  test('applied to the text before they give the text after', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '', 'dd'), { maxLength: 30 })
      .chain((lines) => fc.boolean().map((ended) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : '')));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        expect(patched(before, unifiedDiff('x', before, after))).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  test('a change of every line of a large file ends in time and is right', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `a${index}\n`).join('');
    const after = before.replaceAll('a', 'b');
    expect(patched(before, unifiedDiff('x', before, after))).toBe(after);
  });
});
