/** Apply Data Image: puts an image without system on a volume. */
import { flag, HIDDEN, integer, reference, text } from '../property.ts';
import { destinationRule } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'apply-data-image',
  type: 'SMS_TaskSequence_ApplyDataImageAction',
  title: 'Apply Data Image',
  wizardNames: [],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    ImagePackageID: reference('ImagePackageID', 'The image', ['operatingSystem'], { hidden: true, required: true }),
    ImageIndex: integer('OSDDataImageIndex', 'Number of the image in its file', 1, 2_147_483_647),
    DestinationDisk: integer('DestinationDisk', 'Disk to apply to, from 0', 0, 99, HIDDEN),
    DestinationPartition: integer('DestinationPartition', 'Partition of that disk, from 1', 1, 99, HIDDEN),
    DestinationLogicalDrive: text(
      'DestinationLogicalDrive',
      'Drive letter as Windows PE sees it',
      { max: 3, pattern: /^[A-Za-z]:?\\?$/, says: 'a drive letter' },
      HIDDEN,
    ),
    DestinationVariable: text('DestinationVariable', 'Variable that holds the drive letter', { max: 256 }, HIDDEN),
    WipeDestinationPartition: flag('OSDWipeDestinationPartition', 'Empty the volume first', { default: true }),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'never',
  check: destinationRule,
};
