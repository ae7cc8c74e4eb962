/**
 * At a terminal (a pty of `script`) what takes over a second shows one line with share, rate and time left, and wipes it;
 * `--json` and output into files show none.
 */
import { closeSync, mkdirSync, openSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { commandFile } from './command.ts';

const wipe = '\r\u001B[K';

describeWithTools(['script'], 'at a terminal', (tools) => {
  const folder = scratch();
  beforeAll(() => {
    mkdirSync(join(folder, 'files'));
    const large = join(folder, 'files', 'large.bin');
    closeSync(openSync(large, 'w'));
    truncateSync(large, 2500 * 1024 * 1024);
  });

  /** Everything that the terminal got. */
  async function atTerminal(...args: string[]): Promise<string> {
    const words = [
      process.execPath,
      commandFile,
      'image',
      'create-iso',
      'files',
      '--output',
      'x.iso',
      '--force',
      ...args,
    ];
    const script = ['-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null'];
    const { stdout } = await run(tools.path('script'), script, { cwd: folder });
    return stdout;
  }

  test('a long command shows a line with share, rate and time left, and wipes it before the result', async () => {
    const output = await atTerminal();
    const drawn = output.split(wipe).slice(1);
    const lines = drawn.slice(0, -1);
    expect(lines.length).toBeGreaterThan(0);
    const form = /^(copying|verifying) \d+ %, [\d.]+ [KMG]iB of 2\.4 GiB, [\d.]+ [KMG]iB\/s, (\d+ min )?\d+ s left/;
    for (const line of lines.filter((text) => text !== '')) expect(line).toMatch(form);
    expect(lines.filter((text) => text.includes('\n'))).toEqual([]);
    expect(drawn.at(-1)).toMatch(/^x\.iso is written and verified\r\n/);
  });

  test('--json shows nothing but the result', async () => {
    const output = await atTerminal('--json');
    expect(output).not.toContain('\u001B');
    expect(JSON.parse(output)).toMatchObject({ output: 'x.iso', planned: false });
  });
});
