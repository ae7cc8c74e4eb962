/** Error codes of `src/protocol`. */
import { registerCodes } from '../core/index.ts';

export const protocolCode = registerCodes({
  PROTOCOL_VERSION: {
    title: 'A container has a version that this osdkit does not know.',
    remedy: 'Use the osdkit that made the medium, or a newer one.',
  },
  PROTOCOL_MALFORMED: {
    title: 'A container of osdkit is damaged or not what it claims to be.',
    remedy: 'Make the medium again.',
  },
  PROTOCOL_PASSWORD_MISSING: {
    title: 'The variables are sealed and no password was given.',
    remedy: 'Give the password of the medium with --password-file.',
  },
  PROTOCOL_PASSWORD_WRONG: {
    title: 'The password does not open the sealed variables, or they were changed.',
    remedy: 'Check the password; if it is right, the medium is damaged or was tampered with.',
  },
  PROTOCOL_LIMIT: {
    title: 'A container of osdkit is larger than osdkit reads.',
    remedy: 'The message names the limit and what to make smaller.',
  },
  PROTOCOL_KEY_WRONG: {
    title: 'A sealed secret does not open with this key.',
    remedy: 'Enter the secret again, so that it is sealed to the key of this site.',
  },
});
