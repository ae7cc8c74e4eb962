/** Error codes of `src/sequence`. */
import { registerCodes } from '../core/index.ts';

export const sequenceCode = registerCodes({
  SEQUENCE_ITEM: {
    title: 'An item of a task sequence is neither a group nor a step.',
    remedy: 'Write `- group: NAME` with `steps`, or `- step: NAME` with `type`.',
  },
  SEQUENCE_UNKNOWN_KEY: {
    title: 'A key is not known here.',
    remedy: 'Correct it to the name that the message offers, or take it out.',
  },
  SEQUENCE_MISSING_KEY: {
    title: 'A key that must be there is missing.',
    remedy: 'Add the key that the message names.',
  },
  SEQUENCE_VALUE: {
    title: 'A value of a task sequence is not of the kind that is wanted.',
    remedy: 'Write what the message says was expected.',
  },
  SEQUENCE_CONDITION: {
    title: 'A condition is of no known form, or of two at once.',
    remedy: 'Write one of the forms that the message lists; several conditions are several items of the list.',
  },
  SEQUENCE_TEXT_LENGTH: {
    title: 'A name or description is longer than ConfigMgr takes.',
    remedy: 'Shorten it: 100 characters for a name, 255 for a description.',
  },
  SEQUENCE_TOO_DEEP: {
    title: 'Groups or conditions are nested too deep.',
    remedy: 'At most 64 levels: move inner groups outwards, or call another sequence.',
  },
  SEQUENCE_WQL_SYNTAX: {
    title: 'A WMI query is not well-formed.',
    remedy: 'Correct it at the place that the message names: SELECT * FROM Class WHERE Property = "text".',
  },
  SEQUENCE_WQL_LIMIT: {
    title: 'A WMI query is too long or too deeply nested.',
    remedy: 'At most 16384 characters and 64 levels: split it into several conditions.',
  },
  SEQUENCE_DEVICE_VARIABLES: {
    title: 'A device has more variables than are allowed.',
    remedy: 'At most 1000: give what many devices share to a collection.',
  },
  SEQUENCE_FACTS: {
    title: 'The facts of a machine are not in the form that is wanted.',
    remedy: 'Correct the places that the message names; what is not known is left out.',
  },
});
