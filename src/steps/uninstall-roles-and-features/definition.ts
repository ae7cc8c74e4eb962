/** Uninstall Roles and Features: removes roles and features of Windows. */
import { flag, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'uninstall-roles-and-features',
  type: 'BDD_UninstallRoles',
  title: 'Uninstall Roles and Features',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPEandFullOS',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    OSRoleIndex: text('OSRoleIndex', 'Number of the system in the editor', { max: 255 }),
    UninstallOSRoles: text('UninstallOSRoles', 'Roles', { max: 32_000 }),
    UninstallOSRoleServices: text('UninstallOSRoleServices', 'Role services', { max: 32_000 }),
    UninstallOSFeatures: text('UninstallOSFeatures', 'Features', { max: 32_000 }),
    CompletelyRemove: flag('CompletelyRemove', 'Remove their files, too'),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
