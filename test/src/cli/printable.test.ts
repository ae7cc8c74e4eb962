/** What a hostile name can do to a terminal: nothing. */
import { expect, it } from 'vitest';
import { main } from '../../../src/cli/index.ts';
import { printable } from '../../../src/cli/printable.ts';

it('shows control characters instead of sending them', () => {
  expect(printable('a\u001b[2Jb\rc\u009bd\u202ee\u0000')).toBe('a\\x1b[2Jb\\x0dc\\x9bd\\u202ee\\x00');
  expect(printable('Zeile 1\n\tZeile 2: ä 漢 🙂')).toBe('Zeile 1\n\tZeile 2: ä 漢 🙂');
});

it('holds for errors of a command, whose paths come from outside', async () => {
  let errors = '';
  const terminal = {
    stdout: { write: () => true },
    stderr: { write: (text: string) => (errors += text) },
    signal: new AbortController().signal,
  };
  expect(await main(['image', 'inspect', 'no\u001b]0;title\u0007file'], { version: '1', workers: 0 }, terminal)).toBe(
    2,
  );
  expect(errors).toContain('no\\x1b]0;title\\x07file');
  expect(errors).not.toContain('\u001b');
});
