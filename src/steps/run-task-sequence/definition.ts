/** Run Task Sequence: runs another sequence as a part of this one. */
import { reference, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'run-task-sequence',
  type: 'SMS_TaskSequence_SubTasksequence',
  title: 'Run Task Sequence',
  wizardNames: [],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    TsPackageID: reference('OSDSubTasksequencePackageID', 'The sequence to run', ['taskSequence'], { required: true }),
    TsName: text('OSDSubTasksequenceTsName', 'Its name, as it was when the step was saved', { max: 255 }),
    TsReferenceApplications: text(
      'OSDSubTasksequenceTsReferenceApplications',
      'Applications that it refers to, as ConfigMgr lists them',
    ),
    TsReferencePackages: text(
      'OSDSubTasksequenceTsReferencePackages',
      'Packages that it refers to, as ConfigMgr lists them',
    ),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
