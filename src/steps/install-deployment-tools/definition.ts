/** Install Deployment Tools: brings Sysprep to a system older than Windows Vista. */
import { reference } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-deployment-tools',
  type: 'SMS_TaskSequence_InstallDeployToolsAction',
  title: 'Install Deployment Tools',
  wizardNames: [],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'FullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    SysprepPackageID: reference('SysprepPackageID', 'Package with Sysprep', ['package'], {
      hidden: true,
      deprecated: 'systems since Windows Vista bring Sysprep',
    }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
