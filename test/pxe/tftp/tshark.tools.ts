/** What the server and its clients say on the wire, read by tshark: nothing malformed, every option known. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { ask, openClient, requestOf } from './asking.ts';
import { fileOf, inMemory, serve } from './served.ts';

/** Nobody else's in this machine's loopback network. */
const address = '127.0.5.1';

describeWithTools(['dumpcap', 'tshark', 'network'], 'a capture of the server', (tools) => {
  test('has requests, OACKs, data, errors and nothing malformed', async () => {
    const capture = join(scratch(), 'tftp.pcapng');
    const bytes = fileOf(200_000);
    const served = await serve({ image: inMemory(bytes) });
    const dumpcap = spawn(tools.path('dumpcap'), ['-i', 'lo', '-q', '-w', capture, '-f', `udp and host ${address}`]);
    const ended = once(dumpcap, 'exit');
    try {
      let said = '';
      dumpcap.stderr.on('data', (text: Buffer) => (said += text.toString()));
      await expect.poll(() => said, { timeout: 10_000 }).toContain('File:');
      const options = { blksize: 1456, windowsize: 4, tsize: 0, timeout: 3, msftwindow: 31_416 };
      const got = await ask('\\Image', { port: served.port, address, options: { ...options, msftwindow: 1 } });
      expect(Buffer.compare(got.bytes, bytes)).toBe(0);
      expect((await ask('none', { port: served.port, address })).error).toBe('no such file');
      expect((await ask('../x', { port: served.port, address })).error).not.toBeNull();
      const probe = await openClient(address);
      const over = new Promise<void>((resolve) => {
        probe.once('message', (_, { port }) =>
          probe.send(Buffer.from('\0\x05\0\x08User aborted the transfer\0'), port, '127.0.0.1', () => resolve()),
        );
      });
      probe.send(requestOf('image', options), served.port, '127.0.0.1');
      await over;
      await expect.poll(() => served.uses.at(-1)?.outcome).toBe('probed');
      probe.close();
    } finally {
      // What was captured is written out before it ends.
      await new Promise((resolve) => setTimeout(resolve, 500));
      dumpcap.kill('SIGINT');
      await ended;
      await served.close();
    }
    const read = async (...more: string[]): Promise<string> =>
      (await run(tools.path('tshark'), ['-r', capture, '-d', `udp.port==${served.port},tftp`, ...more])).stdout.trim();
    const count = async (filter: string): Promise<number> =>
      (await read('-Y', filter)).split('\n').filter((line) => line !== '').length;
    const blocks = Math.floor(bytes.length / 1456) + 1;
    expect(await count('tftp.opcode == 1')).toBe(4);
    expect(await count('tftp.opcode == 3')).toBe(blocks);
    expect(await count('tftp.opcode == 4')).toBe(1 + Math.ceil(blocks / 4));
    expect(await count('tftp.opcode == 5')).toBe(3);
    expect(await count('tftp.opcode == 6')).toBe(2);
    expect(await count('!tftp')).toBe(0);
    // An ERROR is a note of the expert; worse than that is a mistake.
    expect(await read('-Y', '_ws.malformed || _ws.expert.severity >= "Error"')).toBe('');
    const granted = await read('-Y', 'tftp.opcode == 6', '-T', 'fields', '-e', 'tftp.option.name');
    expect(granted.split('\n')).toEqual([
      'blksize,windowsize,tsize,timeout',
      'blksize,windowsize,tsize,timeout,msftwindow',
    ]);
  });
});
