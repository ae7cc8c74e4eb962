/** What is said with the end of a client that had enough. */
import { expect, test } from 'vitest';
import { excuse } from '../../../pxe/tftp/run-excuse.ts';

test('only ends that are laid at the client have an excuse of ours, and only where there is one', () => {
  expect(excuse('gave-up', 999, '')).toBe('');
  expect(excuse('aborted', 12_345, '')).toBe('; the file was being read for 12 s');
  expect(excuse('no-answer', 0, 'EPERM')).toBe('; this computer could not send: EPERM');
  for (const outcome of ['delivered', 'probed', 'canceled', 'failed'] as const) {
    expect(excuse(outcome, 5000, 'EPERM')).toBe('');
  }
});
