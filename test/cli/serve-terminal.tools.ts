/** At a terminal (a pty of `script`) serving shows a table of the computers, which Ctrl-C leaves as it is. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAll } from '../../images/bytes/index.ts';
import { sampleBootImage } from '../../images/sample/index.ts';
import { WITH_PARENT } from '../support/child.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { commandFile } from './command.ts';
import { onLoopback } from './serving.ts';

describeWithTools(['script', 'curl'], 'serving at a terminal', (tools) => {
  test('a table with state, file and speed; nothing that a client sent steers the terminal', async () => {
    const wim = join(scratch(), 'boot.wim');
    writeFileSync(wim, await readAll(await sampleBootImage({ architecture: 'x64', size: 1 << 20 })));
    const words = [process.execPath, commandFile, 'pxe', 'serve', '--boot-image', wim, ...onLoopback, '--verbose'];
    // `exec`: a shell between would end by Ctrl-C itself, as dash does, and script tells how the shell ended.
    const line = `exec ${words.map((word) => `'${word}'`).join(' ')}`;
    const child = spawn(WITH_PARENT[0] ?? 'env', [
      ...WITH_PARENT.slice(1),
      tools.path('script'),
      '-qec',
      line,
      '/dev/null',
    ]);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const shown = async (what: RegExp): Promise<RegExpExecArray> => {
      for (const end = performance.now() + 15_000; performance.now() < end; ) {
        const found = what.exec(output);
        if (found !== null) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`${String(what)} was not shown:\n${JSON.stringify(output)}`);
    };
    const ended = new Promise<number | null>((resolve) => {
      child.once('close', (code) => resolve(code));
    });
    try {
      const [, tftp = '', http = ''] = await shown(/TFTP (\d+), HTTP (\d+)/);
      const socket = createSocket('udp4');
      await new Promise<void>((resolve) => {
        socket.send(
          Buffer.from('\0\x01\x1b]0;mine\x07\x1b[2J\u009b5m\u202e\0octet\0', 'utf8'),
          Number(tftp),
          '127.0.0.1',
          () => resolve(),
        );
      });
      socket.close();
      await shown(/asked for ".*" by tftp: /);
      await run(tools.path('curl'), ['-sS', '-f', `http://127.0.0.1:${http}/ipxe/exit.ipxe`]);
      // No line for people has the version in the paths of the image: those of all runs here are tried.
      const { stdout: folders } = await run('sh', ['-c', 'ls -d "${TMPDIR:-/tmp}"/osdkit-??????/*/prepared.json']);
      const versions = folders
        .trim()
        .split('\n')
        .map((path) => path.split('/').at(-2)?.slice(0, 8) ?? '');
      for (const version of versions) {
        const url = `tftp://127.0.0.1:${tftp}/b/${version}/525400123456/boot.wim`;
        await run(tools.path('curl'), ['-sS', '-o', '/dev/null', url], { allowFailure: true });
      }
      await shown(/COMPUTER +ADDRESS +STATE +FILE +DONE +MB\/s +REASON\r\n/);
      await shown(/52:54:00:12:34:56 +127\.0\.0\.1 +booted +boot\.wim +100 % +[\d.]+\r\n/);
      child.stdin.write('\x03');
      expect(await ended, output).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
    expect(output).toMatch(/Stopped after \d+ s: 1 computer asked, 1 got a boot image; \d+ transfers?, /);
    // Of control characters only those that draw the table: up, erase below, erase the line.
    const drawing = new RegExp(String.raw`\u001b\[\d+A\u001b\[J|\r\u001b\[K|\r\n|\^C`, 'g');
    const rest = output.replaceAll(drawing, '');
    expect(rest).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(output).not.toContain('mine\x07');
  }, 60_000);
});
