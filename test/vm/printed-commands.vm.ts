/** `osdkit demo` prints how to start its image in qemu: each of these command lines starts it, as printed. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VM_TOOLS } from '../support/qemu.ts';
import { sampleLines } from '../support/serial-text.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** No window, and the serial port instead of qemu's own console. */
const HEADLESS = ['-display', 'none', '-monitor', 'none', '-serial', 'stdio'];

describeWithTools([...VM_TOOLS.ovmf, ...VM_TOOLS.aavmf], 'qemu command lines of the demo', () => {
  test.for([
    ['x64', 4],
    ['arm64', 1],
  ] as const)('%s', async ([architecture, count]) => {
    const demo = ['src/bin/osdkit.ts', 'demo', '--architecture', architecture, '--output', scratch()];
    const { stdout } = await run(process.execPath, ['--import', 'tsx', ...demo], { cwd: ROOT });
    const printed = [...stdout.matchAll(/^ +(?:UEFI|BIOS)[^:]*: +(qemu-system-.*)$/gm)].map(([, line = '']) => line);
    expect(printed, stdout).toHaveLength(count);
    for (const line of printed) {
      const [program = '', ...args] = line.split(' ').filter((word) => word !== '-nographic');
      const started = await run(program, [...args, ...HEADLESS], { timeout: 90_000 });
      const lines = sampleLines(started.stdout);
      expect(lines.at(-1), line).toBe('osdkit-sample: done');
      expect(lines.join('\n'), line).not.toContain('failed');
    }
  });
});
