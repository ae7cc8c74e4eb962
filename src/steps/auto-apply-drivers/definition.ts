/** Auto Apply Drivers: finds and adds the drivers that fit the machine. */
import { flag, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'auto-apply-drivers',
  type: 'SMS_TaskSequence_AutoApplyAction',
  title: 'Auto Apply Drivers',
  wizardNames: ['Apply Device Drivers'],
  category: 'Drivers',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    BestMatch: flag('OSDAutoApplyDriverBestMatch', 'Only the best driver for each device', { default: true }),
    CategoryList: text('OSDAutoApplyDriverCategoryList', 'Categories to look in; empty: all', { max: 32_000 }),
    UnsignedDriver: flag('OSDAllowUnsignedDriver', 'Take unsigned drivers', {
      default: false,
      deprecated: 'systems of today refuse unsigned drivers',
    }),
  },
  steeredBy: [
    'SMSTSDriverRequestResolveTimeOut',
    'SMSTSDriverRequestConnectTimeOut',
    'SMSTSDriverRequestSendTimeOut',
    'SMSTSDriverRequestReceiveTimeOut',
  ],
  sets: [],
  effects: [],
  cancel: 'stop',
  notOnStandAloneMedia: 'stand-alone media of ConfigMgr have no driver catalog',
};
