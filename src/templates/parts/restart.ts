/** Steps that restart the computer, with what the user reads before (TPL-34). */
import type { SequenceItem } from '../../model/index.ts';
import type { Answers } from '../questions/index.ts';
import { step, variable } from './items.ts';

/** Seconds for which the message is shown. */
const SHOWN = 30;

export const RESTART_FOR_SETUP =
  'Windows will be installed on this computer, which restarts for it now. Save your work and close all programs.';
export const RESTART_AFTER_UPGRADE =
  'Windows was upgraded. The computer restarts now to finish it; do not switch it off.';

/** TPL-48, TPL-72: only where the full system runs. */
export function restartInWindowsPe({ restartMessage, restartTimeout }: Answers): SequenceItem {
  return step(
    'Restart in Windows PE',
    'restart-computer',
    { Message: restartMessage ?? RESTART_FOR_SETUP, MessageTimeout: restartTimeout ?? SHOWN, Target: 'WinPE' },
    { condition: [variable('_SMSTSInWinPE', 'equals', 'false')] },
  );
}

/** TPL-129: into the system that is now installed. */
export function restartComputer({ restartMessage, restartTimeout }: Answers): SequenceItem {
  const Message = restartMessage ?? RESTART_AFTER_UPGRADE;
  return step('Restart Computer', 'restart-computer', {
    Message,
    MessageTimeout: restartTimeout ?? SHOWN,
    Target: 'HD',
  });
}
