/** Run Command Line (MDT): a step of MDT without a type: any command. */
import { flag, secret, text } from '../property.ts';
import { runAsUserRule } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'run-mdt-command-line',
  type: undefined,
  title: 'Run Command Line (MDT)',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    CommandLine: text(undefined, 'The command', { max: 32_000 }, { required: true }),
    RunAsUser: flag('RunAsUser', 'Run as another account'),
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
    LoadProfile: flag('LoadProfile', "Load the account's profile"),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
  check: runAsUserRule,
};
