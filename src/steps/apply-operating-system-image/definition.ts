/** Apply Operating System Image: puts Windows on a volume, from a captured image or original installation files. */
import { flag, HIDDEN, integer, reference, text } from '../property.ts';
import { applySystemRules } from '../rules/index.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'apply-operating-system-image',
  type: 'SMS_TaskSequence_ApplyOperatingSystemAction',
  title: 'Apply Operating System Image',
  wizardNames: ['Apply Operating System'],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    ImagePackageID: reference('ImagePackageID', 'The image', ['operatingSystem'], HIDDEN),
    ImageIndex: integer('OSDImageIndex', 'Number of the image in its file', 1, 2_147_483_647),
    InstallPackageID: reference(
      'InstallPackageID',
      'Original installation files, in place of an image',
      ['upgradePackage'],
      HIDDEN,
    ),
    InstallEditionIndex: integer('OSDInstallEditionIndex', 'Edition in the installation files', 0, 2_147_483_647, {
      deprecated: 'installation from original files is no longer made',
    }),
    ConfigFilePackage: reference('ConfigFilePackage', 'Package with an answer file', ['package'], HIDDEN),
    ConfigFileName: text('OSDConfigFileName', 'Name of the answer file in it', { max: 255 }),
    DestinationDisk: integer('DestinationDisk', 'Disk to apply to, from 0', 0, 99, HIDDEN),
    DestinationPartition: integer('DestinationPartition', 'Partition of that disk, from 1', 1, 99, HIDDEN),
    DestinationLogicalDrive: text(
      'DestinationLogicalDrive',
      'Drive letter as Windows PE sees it',
      { max: 3, pattern: /^[A-Za-z]:?\\?$/, says: 'a drive letter' },
      HIDDEN,
    ),
    DestinationVariable: text('DestinationVariable', 'Variable that holds the drive letter', { max: 256 }, HIDDEN),
    LayeredDriver: integer('OSDLayeredDriver', 'Kind of a Japanese or Korean keyboard', 0, 6),
    RunFromNet: flag('RunFromNet', 'Apply from the share, without a copy', { hidden: true, default: false }),
  },
  steeredBy: ['OSDLayeredDriver'],
  sets: ['OSDTargetSystemDrive'],
  effects: ['applies-system'],
  cancel: 'never',
  check: applySystemRules,
};
