/** Install Software Updates: installs the updates that are deployed to the machine. */
import { choice, flag, integer } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-software-updates',
  type: 'SMS_TaskSequence_InstallUpdateAction',
  title: 'Install Software Updates',
  wizardNames: ['Install Updates'],
  category: 'Software',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 2,
  properties: {
    Target: choice('SMSInstallUpdateTarget', 'All, or only the required ones', ['All', 'Mandatory']),
    RetryCount: integer('RetryCount', 'Repeats after an unexpected restart', 0, 5, { hidden: true, default: 2 }),
    SoftwareUpdateScanUseCache: flag('SMSTSSoftwareUpdateScanUseCache', 'Use the result of an earlier scan'),
  },
  steeredBy: [
    'SMSTSSoftwareUpdateScanTimeout',
    'SMSTSWaitForSecondReboot',
    'SMSTSMPListRequestTimeoutEnabled',
    'SMSTSMPListRequestTimeout',
  ],
  sets: [],
  effects: ['installs-software', 'restarts'],
  cancel: 'stop',
  notOnStandAloneMedia: 'stand-alone media of ConfigMgr have no software updates',
};
