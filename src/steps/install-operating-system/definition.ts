/** Install Operating System: puts Windows of the deployment share on a volume. */
import { integer, openChoice, reference, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'install-operating-system',
  type: 'BDD_InstallOS',
  title: 'Install Operating System',
  wizardNames: [],
  category: 'MDT',
  origin: 'mdt',
  runIn: 'WinPE',
  successCodes: [0, 3010],
  retryCount: 0,
  properties: {
    OSGUID: reference('OSGUID', 'The operating system of the share', ['operatingSystem']),
    DestinationDisk: integer('DestinationDisk', 'Disk, from 0', 0, 10_000),
    DestinationPartition: integer('DestinationPartition', 'Partition of that disk, from 1', 1, 99),
    DestinationOSVariable: text('DestinationOSVariable', 'Variable that holds the drive letter', { max: 256 }),
    DestinationOSRefresh: text('DestinationOSRefresh', 'Drive of a system that is refreshed', { max: 255 }),
    DestinationOSDriveLetter: text('DestinationOSDriveLetter', 'Drive letter', { max: 255 }),
    DestinationOSInstallType: openChoice('DestinationOSInstallType', 'Which of these holds', ['NextPartition']),
  },
  steeredBy: [],
  sets: [],
  effects: ['applies-system'],
  cancel: 'never',
};
