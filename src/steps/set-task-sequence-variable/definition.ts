/** Set Task Sequence Variable: gives one variable a value. */
import { flag, HIDDEN, secret, text } from '../property.ts';
import { variableNameRule } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'set-task-sequence-variable',
  type: 'SMS_TaskSequence_SetVariableAction',
  title: 'Set Task Sequence Variable',
  wizardNames: [],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    VariableName: text('VariableName', 'Name of the variable', { max: 256 }, { hidden: true, required: true }),
    VariableValue: text('VariableValue', 'Its value', { max: 4001 }, { hidden: true, sealable: true }),
    DoNotShowVariableValue: flag(
      'DoNotShowVariableValue',
      'Hide the value in the console; missing in exports of older releases',
      HIDDEN,
    ),
    // In exports whose value is hidden: what VariableValue would hold, kept apart from it.
    HiddenVariableValue: secret(
      'SetVariableActionHiddenVariableValue',
      'The value, where it is hidden',
      { max: 4001 },
      HIDDEN,
    ),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'between-steps',
  check: variableNameRule,
};
