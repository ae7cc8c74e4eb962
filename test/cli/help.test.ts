/** `--help` of every command and group, as golden: options with their meaning, and examples. One file a command. */
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { expectGolden } from './golden-file.ts';
import { osdkitInProcess } from './in-process.ts';

const names = commands.map(({ name }) => name);
/** `media create bootable` lies in the groups `media` and `media create`. */
const groups = new Set(names.flatMap((name) => name.split(' ').map((_, i, words) => words.slice(0, i).join(' '))));

describe('--help', () => {
  test.each([...groups].map((group) => [group === '' ? 'osdkit' : group, group]))('of %s', async (title, group) => {
    const { code, stdout, stderr } = await osdkitInProcess([...group.split(' ').filter(Boolean), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expectGolden(`help/${title.replaceAll(' ', '-')}.txt`, stdout);
  });

  test.each(commands.map((listed) => [listed.name, listed] as const))('of %s', async (name, listed) => {
    const command = await listed.load();
    // The list repeats these, so that help of a group loads no command.
    expect({ name, summary: listed.summary }).toEqual({ name: command.name, summary: command.summary });
    const usage = ['Usage: osdkit', name, '[options]', listed.takes].filter((word) => word !== undefined).join(' ');
    const { code, stdout, stderr } = await osdkitInProcess([...name.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe(usage);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [line, what] of command.examples) {
      expect(stdout).toContain(line);
      expect(stdout).toContain(what);
      // Another program may stand before a pipe.
      expect(line.split(' | ').at(-1)?.startsWith(`osdkit ${name}`), line).toBe(true);
    }
    expect(stdout).toContain('--json');
    expectGolden(`help/${name.replaceAll(' ', '-')}.txt`, stdout);
  });

  test('no command at all ends with 2 and shows the help on standard error', async () => {
    for (const args of [[], ['media']]) {
      const { code, stdout, stderr } = await osdkitInProcess(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('Usage: osdkit');
    }
  });
});
