/** Install Roles and Features: installs roles and features of Windows. */
import { text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-roles-and-features',
  type: 'BDD_InstallRoles',
  title: 'Install Roles and Features',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    OSRoleIndex: text('OSRoleIndex', 'Number of the system in the editor', { max: 255 }),
    OSRoles: text('OSRoles', 'Roles', { max: 32_000 }),
    OSRoleServices: text('OSRoleServices', 'Role services', { max: 32_000 }),
    OSFeatures: text('OSFeatures', 'Features', { max: 32_000 }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
