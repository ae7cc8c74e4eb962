/** Run PowerShell Script (MDT): runs a script of the deployment share. */
import { HIDDEN, reference, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'run-mdt-powershell-script',
  type: 'BDD_RunPowerShellAction',
  title: 'Run PowerShell Script (MDT)',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    ScriptName: text('ScriptName', 'The script', { max: 255 }),
    Parameters: text('Parameters', 'Its parameters', { max: 32_000 }),
    PackageID: reference('PackageID', 'Package whose files it needs', ['package'], HIDDEN),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
