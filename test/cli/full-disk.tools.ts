/**
 * A full disk: a small tmpfs in a mount namespace of its own. Exit code 4, a message that says so and names the target, what
 * was there before untouched, nothing left behind.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sampleWim } from '../media/made-media.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { commandFile } from './command.ts';

const mebibyte = 1024 * 1024;

/** What the shell prints: the command's code and outputs, and the folder before and after. */
interface Outcome {
  readonly code: number;
  readonly stderr: string;
  readonly before: string;
  readonly after: string;
}

// $1: mount options; the rest: the command. Names, sizes and sums of all that is on the disk, before and after.
const script = `
set -eu
options=$1; shift
mount -t tmpfs -o size=6m none disk
printf 'the old file' > disk/old.iso
mkdir disk/folder && printf 'of somebody else' > disk/folder/old
mount -o "remount,$options" disk
list() { find disk -printf '%p %s %y\\n' | sort; find disk -type f -exec sha256sum {} + | sort; }
list > before
code=0; "$@" > stdout 2> stderr || code=$?
list > after
echo "$code"; echo ---; cat stderr; echo ---; cat before; echo ---; cat after
`;

describeWithTools(['unshare', 'mount'], 'on a full disk', (tools) => {
  const folder = scratch();
  beforeAll(async () => {
    await sampleWim(folder);
    mkdirSync(join(folder, 'disk'));
    mkdirSync(join(folder, 'files'));
    for (let i = 0; i < 8; i++) writeFileSync(join(folder, 'files', `file-${i}`), Buffer.alloc(2 * mebibyte, `x${i}`));
  });

  async function onDisk(options: string, args: readonly string[]): Promise<Outcome> {
    // Without root rights a user namespace gives the right to mount.
    const flags = process.getuid?.() === 0 ? ['-m'] : ['-rm'];
    const command = ['sh', '-c', script, 'sh', options, process.execPath, commandFile, ...args];
    const { stdout } = await run(tools.path('unshare'), [...flags, ...command], { cwd: folder });
    const [code = '', stderr = '', before = '', after = ''] = stdout.split('---\n');
    return { code: Number(code), stderr, before, after };
  }

  const create = ['media', 'create', 'bootable', '--boot-image', 'sample.wim'];
  test.each([
    ['media create bootable, a new file', [...create, '--output', 'disk/new.iso'], 'disk/new.iso'],
    ['media create bootable over an old file', [...create, '--output', 'disk/old.iso', '--force'], 'disk/old.iso'],
    ['image create-iso', ['image', 'create-iso', 'files', '--output', 'disk/new.iso'], 'disk/new.iso'],
    [
      'image create-iso over an old file',
      ['image', 'create-iso', 'files', '--output', 'disk/old.iso', '--force'],
      'disk',
    ],
    [
      'image extract into a new folder',
      ['image', 'extract', 'sample.wim', '--output', 'disk/new/deep'],
      'disk/new/deep',
    ],
    ['image extract into an old folder', ['image', 'extract', 'sample.wim', '--output', 'disk/folder'], 'disk/folder'],
  ])('%s', async (_, args, named) => {
    const small = await onDisk('size=1m', args);
    expect(small.code, small.stderr).toBe(4);
    expect(small.stderr).toContain('no space left');
    expect(small.stderr).toContain(named);
    expect(small.stderr).toContain('[CORE_NO_SPACE]');
    expect(small.after).toBe(small.before);
    expect(small.before).toContain('disk/folder/old 16 f');
  });

  test('and on one that may not be written', async () => {
    const readOnly = await onDisk('ro', [...create, '--output', 'disk/new.iso']);
    expect(readOnly.code, readOnly.stderr).toBe(4);
    expect(readOnly.stderr).toContain('[CORE_NO_PERMISSION]');
    expect(readOnly.after).toBe(readOnly.before);
  });
});
