/** `npm run demo:pxe` as a user runs it: a virtual PC boots, its sizes and CRCs are shown, nothing stays behind. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LAB_TOOLS } from '../support/netlab.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { describeWithTools, run } from '../support/tools.ts';

const demo = fileURLToPath(new URL('../demo/pxe.ts', import.meta.url));
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('osdkit-demo-'));

describeWithTools([...LAB_TOOLS, ...VM_TOOLS.ovmf], 'the demo of network boot', () => {
  test('boots a PC that gets address, loader and boot image from pxe serve alone', async () => {
    const before = folders();
    const { stdout } = await run(process.execPath, ['--import', 'tsx', demo], { timeout: 200_000 });
    expect(stdout).toMatch(/server \| .*answers boot clients on lan0 \(10\.77\.0\.1\): dhcp 67/);
    expect(stdout).toMatch(/ {2}PC {5}\| server 10\.77\.0\.1\n/);
    expect(stdout).toMatch(/ {2}PC {5}\| \\b\\[0-9a-f]{8}\\525400123456\\boot\.wim \d+ bytes crc32 [0-9a-f]{8}\n/);
    expect(stdout).toContain('1 computer asked, 1 got a boot image');
    expect(stdout).toContain('It booted');
    expect(folders().filter((name) => !before.includes(name))).toEqual([]);
  }, 240_000);
});
