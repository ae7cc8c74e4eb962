/** A way that goes in the middle: the client is not said to be silent without a word of what this computer could not do. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeWithTools, run } from '../../support/tools.ts';

const program = fileURLToPath(new URL('route-lost-process.ts', import.meta.url));

describeWithTools(['unshare', 'ip'], 'without a way to the client', () => {
  test('the end of its transfer says so', async () => {
    const { stdout } = await run('unshare', ['-rn', process.execPath, '--import', 'tsx', program], { timeout: 60_000 });
    expect(JSON.parse(stdout)).toMatchObject([
      { outcome: 'no-answer', detail: 'no answer to 3 packets; this computer could not send: ENETUNREACH' },
    ]);
  });
});
