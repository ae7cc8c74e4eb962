/** Error codes of `src/templates`. */
import { registerCodes } from '../core/index.ts';

export const templateCode = registerCodes({
  TEMPLATE_ANSWER_UNKNOWN: {
    title: 'There is no question of this name.',
    remedy: 'Use the name that the message offers; `osdkit task-sequence new KIND --help` lists them.',
  },
  TEMPLATE_ANSWER_FOREIGN: {
    title: 'An answer was given to a question that this kind of sequence does not ask.',
    remedy: 'Leave it out; the message says why.',
  },
  TEMPLATE_ANSWER_VALUE: {
    title: 'An answer is not of the form that its question wants.',
    remedy: 'Give what the message says was expected.',
  },
  TEMPLATE_ANSWER_MISSING: {
    title: 'A question without which the sequence cannot work has no answer.',
    remedy: 'Answer it by its option, in the answers file, or at the prompt.',
  },
  TEMPLATE_ANSWERS_DISAGREE: {
    title: 'Two answers contradict each other.',
    remedy: 'Keep the one that is meant.',
  },
  TEMPLATE_SECRET_PLAIN: {
    title: 'A password was given as plain text.',
    remedy: 'Give it in a file of its own, as `{secret: ...}` in the answers file, or at the prompt.',
  },
  TEMPLATE_REFERENCE: {
    title: 'An answer names an object that the site does not have.',
    remedy: 'Make the object first, or correct the name.',
  },
  TEMPLATE_NO_UNINSTALL: {
    title: 'An application has no uninstall command of Windows Installer.',
    remedy: 'Give its deployment type `uninstall`, or add the step by hand.',
  },
  TEMPLATE_SYSPREP_PACKAGE: {
    title: 'A Sysprep package was given; systems that need one are not deployed.',
    remedy: 'Leave it out: Windows has Sysprep since Windows Vista.',
  },
  TEMPLATE_PLACE: {
    title: 'User state steps cannot be put at this place of a sequence.',
    remedy: 'Name a step before the disk is touched for the capture, one after the system is set up for the restore.',
  },
});
