/** Connect To Network Folder: connects a shared folder, with a drive letter or without. */
import { secret, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'connect-to-network-folder',
  type: 'SMS_TaskSequence_ConnectNetworkFolderAction',
  title: 'Connect To Network Folder',
  wizardNames: [],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    Path: text('SMSConnectNetworkFolderPath', 'Shared folder, \\\\server\\share', { max: 255 }, { required: true }),
    DriveLetter: text('SMSConnectNetworkFolderDriveLetter', 'Drive letter, D to Z without X', {
      max: 2,
      pattern: /^[D-WYZd-wyz]:?$/,
      says: 'a letter D to Z, not X',
    }),
    Username: text('SMSConnectNetworkFolderAccount', 'Account that connects', { max: 255 }),
    Password: secret('SMSConnectNetworkFolderPassword', 'Password of that account'),
  },
  steeredBy: [],
  sets: [],
  effects: [],
  cancel: 'stop',
};
