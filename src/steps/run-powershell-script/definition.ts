/** Run PowerShell Script: runs a script that stands in the step itself or in a package. */
import { choice, flag, HIDDEN, reference, secret, text } from '../property.ts';
import { SUCCESS_CODES } from '../limits.ts';
import { powerShellRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'run-powershell-script',
  type: 'SMS_TaskSequence_RunPowerShellScriptAction',
  title: 'Run PowerShell Script',
  wizardNames: [],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    PackageID: reference('OSDRunPowerShellScriptPackageID', 'Package that holds the script', ['package']),
    ScriptName: text('OSDRunPowerShellScriptScriptName', 'Name of the script in the package', { max: 255 }),
    SourceScript: {
      variable: 'OSDRunPowerShellScriptSourceScript',
      value: { kind: 'script' },
      title: 'The script itself',
    },
    Parameters: text('OSDRunPowerShellScriptParameters', 'Parameters of the script', { max: 32_000 }),
    ExecutionPolicy: choice(
      'OSDRunPowerShellScriptExecutionPolicy',
      'Which scripts PowerShell runs',
      ['AllSigned', 'Undefined', 'Bypass', 'Restricted', 'RemoteSigned', 'Unrestricted'],
      { default: 'AllSigned' },
    ),
    OutputVariableName: text('OSDRunPowerShellScriptOutputVariableName', 'Variable that gets the output', { max: 256 }),
    RunAsUser: flag('_SMSTSRunPowerShellAsUser', 'Run as another account'),
    UserName: text('SMSTSRunPowerShellUserName', 'Account to run as', { max: 255 }),
    UserPassword: secret('SMSTSRunPowerShellUserPassword', 'Password of that account'),
    SuccessCodes: text('OSDRunPowerShellScriptSuccessCodes', 'Exit codes that mean success', SUCCESS_CODES, HIDDEN),
    WorkingDirectory: text('SMSTSRunPowerShellWorkingDirectory', 'Folder to start in', { max: 255 }),
  },
  steeredBy: ['OSDLogPowerShellParameters', 'SMSTSRunPowerShellAsUser'],
  sets: [],
  effects: [],
  cancel: 'stop',
  check: powerShellRules,
};
