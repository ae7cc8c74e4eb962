/** Convert Disk to Dynamic: makes a basic disk a dynamic one. */
import { integer } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'convert-disk-to-dynamic',
  type: 'SMS_TaskSequence_ConvertDiskAction',
  title: 'Convert Disk to Dynamic',
  wizardNames: [],
  category: 'Disks',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    DiskIndex: integer('OSDConvertDiskIndex', 'Number of the disk', 0, 10_000, { required: true }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'never',
};
