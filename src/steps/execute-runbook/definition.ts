/** Execute Runbook: starts a runbook of Orchestrator. */
import { flag, HIDDEN, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'execute-runbook',
  type: 'BDD_ExecuteRunbook',
  title: 'Execute Runbook',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    OrchestratorServer: text('OrchestratorServer', 'Server', { max: 255 }),
    RunbookID: text('RunbookID', 'The runbook', { max: 255 }),
    RunbookName: text('RunbookName', 'Its name', { max: 4000 }),
    RunbookParameterMode: text('RunbookParameterMode', 'Where parameters come from', { max: 255 }),
    RunbookParameters: text('RunbookParameters', 'Parameters', { max: 32_000 }, HIDDEN),
    WaitUntilComplete: flag('WaitUntilComplete', 'Wait until it ends'),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
