/** Run Command Line: runs any command, with the files of a package when one is given. */
import { flag, HIDDEN, reference, secret, text } from '../property.ts';
import { SUCCESS_CODES } from '../limits.ts';
import { runAsUserRule } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'run-command-line',
  type: 'SMS_TaskSequence_RunCommandLineAction',
  title: 'Run Command Line',
  wizardNames: [],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    CommandLine: text(
      'CommandLine',
      'The command',
      { max: 32_000 },
      { hidden: true, mdtVariable: false, required: true },
    ),
    PackageID: reference('PackageID', 'Package whose files the command needs', ['package', 'driverPackage'], HIDDEN),
    RunAsUser: flag('_SMSTSRunCommandLineAsUser', 'Run as another account', { mdtVariable: 'RunAsUser' }),
    UserName: text(
      'SMSTSRunCommandLineUserName',
      'Account to run as',
      { max: 255 },
      { mdtProperty: 'SMSTSRunCommandLineUserName' },
    ),
    UserPassword: secret(
      'SMSTSRunCommandLineUserPassword',
      'Password of that account',
      {},
      { mdtProperty: 'SMSTSRunCommandLineUserPassword' },
    ),
    LoadProfile: flag('LoadProfile', "Load the account's profile (MDT)"),
    DisableWow64Redirection: flag('SMSTSDisableWow64Redirection', '64-bit folders and registry for 32-bit commands', {
      default: false,
    }),
    OutputVariableName: text(
      'SMSTSRunCommandLineOutputVariableName',
      'Variable that gets the last 1000 characters of the output',
      { max: 256 },
    ),
    SuccessCodes: text('SuccessCodes', 'Exit codes that mean success', SUCCESS_CODES, HIDDEN),
    WorkingDirectory: text('WorkingDirectory', 'Folder to start in', { max: 255 }),
  },
  steeredBy: ['OSDDoNotLogCommand', 'SMSTSRunCommandLineAsUser'],
  sets: [],
  effects: [],
  cancel: 'stop',
  check: runAsUserRule,
};
