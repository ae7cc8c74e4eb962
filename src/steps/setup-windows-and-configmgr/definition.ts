/** Setup Windows and ConfigMgr: starts the installed Windows, lets its setup finish, and installs the client. */
import { reference, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'setup-windows-and-configmgr',
  type: 'SMS_TaskSequence_SetupWindowsAndSMSAction',
  title: 'Setup Windows and ConfigMgr',
  wizardNames: [],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    ClientPackageID: reference('_SMSClientPackageID', 'Package of the client', ['package']),
    ClientPreProductionPackageID: reference(
      '_SMSClientPreProductionPackageID',
      'Package of the client that is being tried',
      ['package'],
    ),
    ClientInstallProperties: text('SMSClientInstallProperties', 'Installation properties of the client', {
      max: 32_000,
    }),
  },
  steeredBy: ['SMSTSWaitCcmexecOperationalTimeout'],
  sets: [],
  effects: ['sets-up-system', 'restarts'],
  cancel: 'never',
};
