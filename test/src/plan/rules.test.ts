/** What a plan says would fail: each rule with a step that it names and one that it leaves alone. */
import { describe, expect, test } from 'vitest';
import { DESKTOP, LAPTOP, TABLET, planOf, told } from './office.ts';
import {
  APPLY,
  command,
  expectCase,
  NO_IMAGE,
  PARTITION_UEFI,
  PXE,
  SETUP,
  steps,
  TO_WINPE,
  upgradeTo,
  type TitledCase,
} from './rule-cases.ts';

const CASES: readonly TitledCase[] = [
  [
    'a step of Windows PE in the full OS',
    {
      code: 'PLAN_ENVIRONMENT',
      bad: [PARTITION_UEFI, LAPTOP, {}],
      says: ['1 error'],
      good: [PARTITION_UEFI, LAPTOP, PXE],
    },
  ],
  [
    'a step of the full OS in Windows PE',
    {
      code: 'PLAN_ENVIRONMENT',
      bad: ['- step: Office\n  type: install-application\n  with: { ApplicationName: [Office] }', LAPTOP, PXE],
      says: ['1 error'],
      good: ['- step: Office\n  type: install-application\n  with: { ApplicationName: [Office] }', LAPTOP, {}],
    },
  ],
  [
    'runIn of the step itself',
    {
      code: 'PLAN_ENVIRONMENT',
      bad: [`${command('cmd /c ver')}\n  runIn: FullOS`, LAPTOP, PXE],
      says: ['1 error'],
      good: [`${command('cmd /c ver')}\n  runIn: FullOS`, LAPTOP, {}],
    },
  ],
  [
    'an environment that depends on an unknown condition',
    {
      code: 'PLAN_ENVIRONMENT',
      bad: [
        steps(`${TO_WINPE}\n  condition: [{ wmi: SELECT * FROM Contoso_Thing }]`, PARTITION_UEFI, APPLY),
        LAPTOP,
        {},
      ],
      // The apply step after it stands where the partition step must have been.
      says: ['2 warning'],
      good: [steps(TO_WINPE, PARTITION_UEFI, APPLY), LAPTOP, {}],
    },
  ],
  [
    'TPL-09: a boot image of another architecture',
    { code: 'PLAN_BOOT_IMAGE', bad: [APPLY, TABLET, PXE], says: ['- error'], good: [APPLY, LAPTOP, PXE] },
  ],
  [
    'TPL-09: no boot image, and started in Windows PE',
    {
      code: 'PLAN_BOOT_IMAGE',
      bad: [command('cmd /c ver'), LAPTOP, { ...PXE, ...NO_IMAGE }],
      says: ['- error'],
      good: [command('cmd /c ver'), LAPTOP, NO_IMAGE],
    },
  ],
  [
    'a restart into Windows PE without boot image',
    { code: 'PLAN_BOOT_IMAGE', bad: [TO_WINPE, LAPTOP, NO_IMAGE], says: ['1 error'], good: [TO_WINPE, LAPTOP, {}] },
  ],
  [
    'an image of another architecture',
    { code: 'PLAN_ARCHITECTURE', bad: [APPLY, TABLET, PXE], says: ['1 error'], good: [APPLY, LAPTOP, PXE] },
  ],
  [
    'an index that the image file does not have',
    {
      code: 'PLAN_STEP',
      bad: [APPLY.replace('ImageIndex: 1', 'ImageIndex: 4'), LAPTOP, PXE],
      says: ['1 error'],
      good: [APPLY, LAPTOP, PXE],
    },
  ],
  [
    'a step of unknown type',
    {
      code: 'PLAN_UNKNOWN_STEP',
      bad: ['- step: Odd\n  type: unknown\n  extra: { type: Contoso_Action }', LAPTOP, {}],
      says: ['1 error'],
      good: ['- step: Odd\n  type: unknown\n  enabled: false\n  extra: { type: Contoso_Action }', LAPTOP, {}],
    },
  ],
  [
    'a command made to stop the sequence',
    {
      code: 'PLAN_STEP',
      bad: [command('cmd /c exit 1'), LAPTOP, {}],
      says: ['1 error'],
      good: [`${command('cmd /c exit 1')}\n  successCodes: [0, 1]`, LAPTOP, {}],
    },
  ],
  [
    'a child sequence that is not there',
    {
      code: 'PLAN_REFERENCE',
      bad: ['- step: Child\n  type: run-task-sequence\n  with: { TsPackageID: "%WHICH%" }', LAPTOP, {}],
      says: ['1 error'],
      good: [command('cmd /c ver'), LAPTOP, {}],
    },
  ],
  [
    'TPL-100: no path from a Windows 10 before 2004',
    {
      code: 'PLAN_UPGRADE_PATH',
      bad: [upgradeTo('Windows 11 Setup'), DESKTOP, NO_IMAGE],
      says: ['1 error'],
      good: [upgradeTo('Windows 11 Setup'), LAPTOP, NO_IMAGE],
    },
  ],
  [
    'a password that nobody has given',
    {
      code: 'PLAN_SECRET_MISSING',
      bad: [command('cmd /c ver', ', RunAsUser: true, UserName: CONTOSO\\\\me').replaceAll("'", '"'), LAPTOP, {}],
      says: ['1 error'],
      good: [
        command('cmd /c ver', ', RunAsUser: true, UserName: CONTOSO\\\\me, UserPassword: !secret v1.abc').replaceAll(
          "'",
          '"',
        ),
        LAPTOP,
        {},
      ],
    },
  ],
  [
    'UPD-05: updates of a WSUS server on stand-alone media',
    {
      code: 'PLAN_STAND_ALONE',
      bad: [
        steps(
          PARTITION_UEFI,
          APPLY,
          SETUP,
          '- step: Updates\n  type: install-software-updates\n  with: { Target: Mandatory }',
        ),
        LAPTOP,
        { medium: 'stand-alone' },
      ],
      says: ['4 error', '4 note'],
      good: [
        steps(
          PARTITION_UEFI,
          APPLY,
          SETUP,
          '- step: Updates\n  type: install-software-updates\n  with: { Target: Mandatory }',
        ),
        LAPTOP,
        PXE,
      ],
    },
  ],
  [
    'a variable that nothing has set',
    {
      code: 'PLAN_VARIABLE_MISSING',
      bad: [command('tool.exe %Nowhere% %SystemDrive%'), LAPTOP, {}],
      says: ['1 warning'],
      good: [
        steps(
          '- step: Set\n  type: set-task-sequence-variable\n  with: { VariableName: Nowhere, VariableValue: x }',
          command('tool.exe %Nowhere%'),
        ),
        LAPTOP,
        {},
      ],
    },
  ],
  [
    'TPL-29: no client package',
    {
      code: 'PLAN_CLIENT',
      bad: [
        steps(PARTITION_UEFI, APPLY, SETUP),
        LAPTOP,
        { ...PXE, settings: 'osdkit: 1\nsiteCode: ABC\nname: Bare\n' },
      ],
      says: ['3 note'],
      good: [steps(PARTITION_UEFI, APPLY, SETUP), LAPTOP, PXE],
    },
  ],
  [
    'ENG-33: a device that is not ready',
    {
      code: 'PLAN_STEP',
      bad: [
        '- step: Ready\n  type: check-readiness\n  with: { CheckMemory: true, Memory: 64000, CheckFreeDiskSpace: true, FreeDiskSpace: 20480, CheckMinOSVersion: true, MinOSVersion: 10.0.19041 }',
        DESKTOP,
        {},
      ],
      says: ['1 error'],
      good: [
        '- step: Ready\n  type: check-readiness\n  with: { CheckMemory: true, Memory: 4000, CheckFreeDiskSpace: true, FreeDiskSpace: 20480, CheckMinOSVersion: true, MinOSVersion: 10.0.19041 }',
        LAPTOP,
        {},
      ],
    },
  ],
];

describe('rules', () => {
  test.each(CASES)('%s', (_title, each) => expectCase(each));

  test('an error of a step that only may run is a warning, and says so', () => {
    const plan = planOf(`${PARTITION_UEFI}\n  condition: [{ wmi: SELECT * FROM Contoso_Thing }]`, LAPTOP, {});
    expect(told(plan, ['PLAN_ENVIRONMENT'])).toEqual(['1 PLAN_ENVIRONMENT warning']);
    expect(plan.findings.find(({ code }) => code === 'PLAN_ENVIRONMENT')?.message).toMatch(/^if it runs: /);
    expect(plan.result.verdict).toBe('may fail');
  });

  test('the run stops at the first failing step that nothing takes', () => {
    const fails = command('cmd /c exit 7');
    const plan = planOf(steps(`${fails}\n  continueOnError: true`, command('cmd /c ver'), fails, fails), LAPTOP, {});
    expect(plan.result).toMatchObject({ verdict: 'would fail', failsAt: '3', errors: 3 });
    expect(plan.items.map(({ fails: each }) => each)).toEqual([true, false, true, true]);
  });

  test('each check of readiness that fails is told, all at once', () => {
    const plan = planOf(CASES.at(-1)?.[1].bad[0] ?? '', DESKTOP, {});
    const message = plan.findings.find(({ code }) => code === 'PLAN_STEP')?.message;
    expect(message).toContain('memory is 8192 MB, at least 64000');
    expect(message).toContain('free space is 15258 MB, at least 20480');
    expect(message).toContain('the running Windows is 10.0.18363, at least 10.0.19041');
  });
});
