/** What the shell does to the command: a reader that stops early is no failure of ours. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('ends without a stack trace when whoever reads its output has gone', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/osdkit.ts', '--help']);
  child.stdout.destroy();
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(errors).toBe('');
  expect(code).toBe(0);
});
