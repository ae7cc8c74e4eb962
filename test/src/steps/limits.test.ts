/** Lengths and ranges of the facts, at their limits. */
import { expect, test } from 'vitest';
import type { Step } from '../../../src/model/index.ts';
import { checkStep, stepCode } from '../../../src/steps/index.ts';

function codes(type: string, values: Step['with']): string[] {
  return checkStep({ kind: 'step', name: 'S', type, with: values }).map(({ code }) => code);
}

test.each([
  ['TPL-34', 'restart-computer', 'Message', 512],
  ['TPL-66', 'capture-operating-system-image', 'ImageCreator', 255],
  ['TPL-66', 'capture-operating-system-image', 'ImageVersion', 32],
  ['TPL-66', 'capture-operating-system-image', 'ImageDescription', 255],
  ['4.6', 'set-task-sequence-variable', 'VariableValue', 4001],
  ['4.5', 'run-command-line', 'CommandLine', 32_000],
  ['6.4', 'join-domain-or-workgroup', 'WorkgroupName', 32],
  ['6.4', 'run-command-line', 'WorkingDirectory', 255],
])('%s: %s takes %s of at most %i characters', (_, type, property, most) => {
  const wrong = (length: number): boolean =>
    codes(type, {
      CommandLine: 'x',
      CaptureDestination: 'x',
      VariableName: 'x',
      [property]: 'x'.repeat(length),
    }).includes(stepCode.STEP_PROPERTY_VALUE);
  expect([wrong(most), wrong(most + 1)]).toEqual([false, true]);
});

test.each([
  ['TPL-35', 'format-and-partition-disk', 'DiskIndex', 0, 10_000],
  ['TPL-23', 'apply-windows-settings', 'ServerLicenseConnectionLimit', 5, 9999],
  ['6.4', 'disable-bitlocker', 'RebootCount', 1, 15],
  ['6.4', 'request-state-store', 'SMPRetryCount', 0, 30],
  ['6.4', 'request-state-store', 'SMPRetryTime', 0, 600],
  ['6.4', 'apply-operating-system-image', 'LayeredDriver', 0, 6],
  ['4.5', 'apply-network-settings', 'NetworkJoinType', 0, 1],
])('%s: %s takes %s from %i to %i', (_, type, property, least, most) => {
  const wrong = (value: number): boolean => codes(type, { [property]: value }).includes(stepCode.STEP_PROPERTY_VALUE);
  expect([least - 1, least, most, most + 1].map(wrong)).toEqual([true, false, false, true]);
});
