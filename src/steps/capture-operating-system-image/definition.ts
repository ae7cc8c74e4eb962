/** Capture Operating System Image: captures the reference machine into a WIM. */
import { secret, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'capture-operating-system-image',
  type: 'SMS_TaskSequence_CaptureSystemImageAction',
  title: 'Capture Operating System Image',
  wizardNames: ['Capture the Reference Machine'],
  category: 'Images',
  origin: 'configmgr',
  runIn: 'WinPE',
  successCodes: [0],
  retryCount: 0,
  properties: {
    CaptureDestination: text(
      'OSDCaptureDestination',
      'Shared folder and file name of the WIM',
      { max: 255 },
      { required: true },
    ),
    Overwrite: {
      variable: undefined,
      value: { kind: 'boolean' },
      title: 'Replace a WIM that is there; without it the step refuses, while ConfigMgr always replaces',
      default: false,
      imported: true,
    },
    CaptureUsername: text('OSDCaptureAccount', 'Account with rights on the share', { max: 255 }),
    CapturePassword: secret('OSDCaptureAccountPassword', 'Password of that account'),
    ImageCreator: text('OSDImageCreator', 'Who made the image', { max: 255 }),
    ImageDescription: text('OSDImageDescription', 'What the image is', { max: 255 }),
    ImageVersion: text('OSDImageVersion', 'Version of the image', { max: 32 }),
  },
  steeredBy: ['OSDTargetSystemRoot'],
  sets: [],
  effects: ['captures-image'],
  cancel: 'stop',
};
