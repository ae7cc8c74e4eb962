/** `init` and `secret seal` ask at a terminal, without echo. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSiteKeys } from '../../src/app/site-key-file.ts';
import { Secret } from '../../src/core/index.ts';
import { open } from '../../src/protocol/index.ts';
import { describeWithTools, scratch } from '../support/tools.ts';
import { commandFile } from './command.ts';

describeWithTools(['script'], 'secrets of a site at a terminal', (tools) => {
  /** Runs a command in a terminal and answers each question when it is asked. */
  async function answered(
    folder: string,
    args: string,
    answers: readonly (readonly [question: string, answer: string])[],
  ): Promise<{ code: number | null; output: string }> {
    const command = `stty cols 120 rows 30; '${process.execPath}' '${commandFile}' ${args}`;
    const child = spawn(tools.path('script'), ['-qec', command, '/dev/null'], { cwd: folder });
    let output = '';
    let next = 0;
    let from = 0;
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString('utf8');
      const [question, answer] = answers[next] ?? [];
      if (question === undefined || answer === undefined) return;
      const at = output.indexOf(question, from);
      if (at < 0) return;
      from = at + question.length;
      next++;
      child.stdin.write(answer);
    });
    const code = await new Promise<number | null>((resolve) => {
      child.once('close', resolve);
    });
    return { code, output };
  }

  test('init asks for the password twice; seal for the secret; neither is shown', async () => {
    const folder = scratch();
    const made = await answered(folder, 'init site --site-code ABC', [
      ['Password of the site keys', 'correct horse\r'],
      ['The same again', 'correct horse\r'],
    ]);
    expect(made.code, made.output).toBe(0);
    expect(made.output).not.toContain('correct horse');
    const { sealing } = await openSiteKeys(join(folder, 'site'), new Secret('correct horse'));
    const sealed = await answered(folder, 'secret seal --site site', [['Secret', 'battery staple\r']]);
    expect(sealed.code, sealed.output).toBe(0);
    expect(sealed.output).not.toContain('battery staple');
    const [, text = ''] = /!secret (\S+)/.exec(sealed.output) ?? [];
    expect(open(text, sealing, 'test').reveal()).toBe('battery staple');
    expect(readFileSync(join(folder, 'site/site.yaml'), 'utf8')).not.toContain('horse');
  });

  test('two that differ, or Ctrl+C, write nothing', async () => {
    const folder = scratch();
    const differ = await answered(folder, 'init site', [
      ['Password of the site keys', 'a\r'],
      ['The same again', 'b\r'],
    ]);
    expect(differ.output).toContain('CLI_PASSWORDS_DIFFER');
    expect(differ.code).toBe(2);
    expect((await answered(folder, 'init site', [['Password of the site keys', '\u0003']])).code).toBe(130);
    expect(existsSync(join(folder, 'site')), readdirSync(folder).join()).toBe(false);
  });
});
