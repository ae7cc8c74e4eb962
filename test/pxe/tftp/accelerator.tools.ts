/**
 * Many packets in one send on a real cable between two network namespaces: what a foreign client gets, and what becomes of it
 * when the way takes no packets of that length.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../../pxe/tftp/index.ts';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { fileOf } from './served.ts';

const served = fileURLToPath(new URL('../../bench/network/tftp-served.ts', import.meta.url));

describeWithTools(['ip', 'curl', 'atftp', 'network'], 'over a cable with an MTU of 1500', (tools) => {
  const ip = async (...words: string[]): Promise<void> => void (await run(tools.path('ip'), words));

  test.each([
    { title: 'windows in one send', client: 'atftp', blockSize: 1456, mtu: 1500 },
    {
      title: 'a server that believes in 9000 sends single packets, in fragments',
      client: 'curl',
      blockSize: 8192,
      mtu: 9000,
    },
  ])('$title', async ({ client, blockSize, mtu }) => {
    const folder = scratch();
    const bytes = fileOf(1_000_001);
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'image'), bytes);
    const [here, there] = [`osdkit-acc-s${process.pid}`, `osdkit-acc-c${process.pid}`];
    await ip('netns', 'add', here);
    await ip('netns', 'add', there);
    const limits = { ...defaultLimits, mtu };
    const options = JSON.stringify({ linkSpeed: 10e9, accelerator: 'auto', limits });
    try {
      await ip('link', 'add', 'v0', 'netns', here, 'type', 'veth', 'peer', 'name', 'v0', 'netns', there);
      for (const [namespace, host] of [
        [here, 1],
        [there, 2],
      ] as const) {
        await ip('-n', namespace, 'addr', 'add', `10.92.0.${host}/24`, 'dev', 'v0');
        await ip('-n', namespace, 'link', 'set', 'v0', 'up');
      }
      const command = [
        'netns',
        'exec',
        here,
        process.execPath,
        '--import',
        'tsx',
        served,
        options,
        join(folder, 'files'),
      ];
      const server = spawn(tools.path('ip'), command, { stdio: ['pipe', 'pipe', 'pipe'] });
      let said = '';
      let counts = '';
      server.stdout.on('data', (text: Buffer) => (said += text.toString()));
      server.stderr.on('data', (text: Buffer) => (counts += text.toString()));
      try {
        await expect.poll(() => said, { timeout: 15_000 }).toContain('ready');
        const target = join(folder, 'got');
        const words =
          client === 'curl'
            ? ['-sS', '-m', '60', '--tftp-blksize', String(blockSize), '-o', target, 'tftp://10.92.0.1/image']
            : [
                '--option',
                `blksize ${blockSize}`,
                '--option',
                'windowsize 16',
                '-g',
                '-r',
                'image',
                '-l',
                target,
                '10.92.0.1',
              ];
        await run(tools.path('ip'), ['netns', 'exec', there, tools.path(client), ...words]);
        expect(Buffer.compare(readFileSync(target), bytes)).toBe(0);
        server.kill('SIGUSR2');
        await expect.poll(() => counts).toContain('"accelerated":true');
        const { finished, timeouts } = JSON.parse(counts) as { finished: { delivered: number }; timeouts: number };
        expect([finished.delivered, timeouts]).toEqual([1, 0]);
      } finally {
        server.stdin.end();
        server.kill();
      }
    } finally {
      await ip('netns', 'del', here);
      await ip('netns', 'del', there);
    }
  });
});
