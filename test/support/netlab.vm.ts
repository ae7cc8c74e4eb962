/** The network lab itself: UEFI HTTP Boot of an ISO that foreign tools made, and nothing left afterwards. */
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { HELLO_TOOLS, helloImages } from './hello-efi.ts';
import { LAB_TOOLS, openNetLab, SERVER_ADDRESS } from './netlab.ts';
import { bootVmOnTap, VM_TOOLS } from './qemu.ts';
import { describeWithTools, run, scratch } from './tools.ts';

describeWithTools([...LAB_TOOLS, 'curl'], 'the lab', () => {
  test('serves whole files, heads and ranges, and goes away', async () => {
    const folder = scratch();
    await run('sh', ['-c', `printf 0123456789 > ${folder}/digits`]);
    const lab = await openNetLab();
    try {
      const http = await lab.startHttp(folder);
      const curl = async (...args: string[]) => {
        const url = `http://${SERVER_ADDRESS}/digits`;
        return (await run('ip', ['netns', 'exec', lab.namespace, 'curl', '-sS', ...args, url])).stdout;
      };
      expect(await curl()).toBe('0123456789');
      expect(await curl('-r', '2-4')).toBe('234');
      expect(await curl('-r', '7-')).toBe('789');
      expect(await curl('-I')).toMatch(/200 OK[^]*Content-Length: 10/);
      expect(http.output()).toContain('GET /digits 206 bytes=2-4');
    } finally {
      await lab.close();
    }
    expect((await run('ip', ['netns', 'list'])).stdout).not.toContain(lab.namespace);
  });
});

describeWithTools([...VM_TOOLS.ovmf, ...LAB_TOOLS, ...HELLO_TOOLS], 'UEFI HTTP Boot under OVMF', () => {
  test('takes an ISO file as RAM disk and starts its loader', async () => {
    const { iso } = await helloImages('ovmf', scratch());
    const lab = await openNetLab();
    try {
      const http = await lab.startHttp(dirname(iso));
      await lab.startDhcp(`http://${SERVER_ADDRESS}/hello.iso`);
      const card = { tap: lab.taps[0] ?? '', mac: '52:54:00:aa:00:01', boot: 'http' } as const;
      const options = { firmware: 'ovmf', until: /osdkit-sample: hello/, memoryMiB: 1024, timeoutMs: 90_000 } as const;
      const result = await bootVmOnTap({ ...options, namespace: lab.namespace, card });
      expect(result.lines).toEqual(['osdkit-sample: hello']);
      expect(http.output()).toMatch(/HEAD \/hello.iso 200[^]*GET \/hello.iso 200/);
    } finally {
      await lab.close();
    }
  });
});
