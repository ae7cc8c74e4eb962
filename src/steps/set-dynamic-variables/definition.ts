/** Set Dynamic Variables: sets variables by rules over what the machine is. */
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'set-dynamic-variables',
  type: 'SMS_TaskSequence_SetDynamicVariablesAction',
  title: 'Set Dynamic Variables',
  wizardNames: [],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    Rules: { variable: 'OSDSetDynamicVariablesRules', value: { kind: 'rules' }, title: 'The rules, in order' },
  },
  steeredBy: [],
  sets: [
    '_SMSTSMake',
    '_SMSTSModel',
    '_SMSTSMacAddresses',
    '_SMSTSIPAddresses',
    '_SMSTSSerialNumber',
    '_SMSTSAssetTag',
    '_SMSTSUUID',
    '_SMSTSDefaultGateways',
  ],
  effects: [],
  cancel: 'between-steps',
};
