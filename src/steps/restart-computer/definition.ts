/** Restart Computer: restarts into the boot image of the sequence or the installed system. */
import { choice, integer, text } from '../property.ts';
import type { StepDefinition } from '../types.ts';

export const definition: StepDefinition = {
  name: 'restart-computer',
  type: 'SMS_TaskSequence_RebootAction',
  title: 'Restart Computer',
  wizardNames: ['Restart in Windows PE', 'Reboot to Windows PE or hard disk'],
  category: 'General',
  origin: 'configmgr',
  runIn: 'WinPEandFullOS',
  successCodes: [0],
  retryCount: 0,
  properties: {
    Message: text('SMSRebootMessage', 'Text that the user sees before', { max: 512 }, { mdtVariable: 'Message' }),
    MessageTimeout: integer('SMSRebootTimeout', 'Seconds for which the text is shown', 0, 2_147_483_647, {
      mdtVariable: 'MessageTimeout',
    }),
    Target: choice('SMSRebootTarget', 'HD: the installed system; WinPE: the boot image', ['HD', 'WinPE'], {
      hidden: true,
      mdtVariable: 'Target',
    }),
  },
  steeredBy: [],
  sets: [],
  effects: ['restarts'],
  cancel: 'stop',
};
