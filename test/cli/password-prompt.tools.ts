/** `media inspect` asks for the password of a sealed medium at a terminal, without echo, and nowhere else. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { describeWithTools, scratch } from '../support/tools.ts';
import { commandFile, osdkit } from './command.ts';

describeWithTools(['script'], 'the password of a sealed medium', (tools) => {
  const folder = scratch();
  beforeAll(async () => {
    writeFileSync(join(folder, 'site.yaml'), 'OSDJoinPassword: {secret: hunter2}\nSMSTSPreferredAdvertID: ABC20001\n');
    writeFileSync(join(folder, 'password'), 'correct horse\n');
    await osdkit(folder, ['demo', '--output', '.']);
    const image = ['--boot-image', 'sample-boot-x64.wim', '--output', 'sealed.iso'];
    const sealed = ['--variables-file', 'site.yaml', '--password-file', 'password'];
    expect(await osdkit(folder, ['media', 'create', 'bootable', ...image, ...sealed])).toMatchObject({ code: 0 });
  });

  /** The exit code and everything that the terminal got while `typed` was answered to the prompt. */
  async function answered(typed: string): Promise<{ code: number | null; output: string }> {
    const command = `'${process.execPath}' '${commandFile}' media inspect sealed.iso`;
    // A terminal of 0 columns, as `script` makes it without one of its own, would wrap every character.
    const child = spawn(tools.path('script'), ['-qec', `stty cols 120 rows 30; ${command}`, '/dev/null'], {
      cwd: folder,
    });
    let output = '';
    let sent = false;
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString('utf8');
      if (sent || !output.includes('Password of sealed.iso')) return;
      sent = true;
      child.stdin.write(typed);
    });
    const code = await new Promise<number | null>((resolve) => {
      child.once('close', resolve);
    });
    return { code, output };
  }

  test('opens the variables, and neither it nor a secret is shown', async () => {
    const { code, output } = await answered('correct horse\r');
    expect(code, output).toBe(0);
    expect(output).toMatch(/SMSTSPreferredAdvertID {2}ABC20001/);
    expect(output).toMatch(/OSDJoinPassword .*\(secret\)/);
    expect(output).not.toMatch(/correct horse|hunter2/);
  });

  test('a wrong one ends with code 2, Ctrl+C with 130', async () => {
    const wrong = await answered('battery staple\r');
    expect(wrong.output).toContain('PROTOCOL_PASSWORD_WRONG');
    expect(wrong.code).toBe(2);
    expect((await answered('\u0003')).code).toBe(130);
  });

  test('without a terminal it is not asked: the variables are told to be sealed', async () => {
    const { code, stdout } = await osdkit(folder, ['media', 'inspect', 'sealed.iso']);
    expect(code).toBe(0);
    expect(stdout).toContain('sealed: give --password-file');
    expect(stdout).not.toContain('ABC20001');
  });
});
