/** Error codes of `src/model`. */
import { registerCodes } from '../core/index.ts';

export const modelCode = registerCodes({
  MODEL_VARIABLE_NAME: {
    title: 'A task sequence variable has a name that is not allowed.',
    remedy: 'Use 1 to 256 letters, digits, `_` and `-`, starting with a letter.',
  },
  MODEL_VARIABLE_READ_ONLY: {
    title: 'A name starting with `_` belongs to the engine.',
    remedy: 'Such variables are set at run time; choose another name.',
  },
  MODEL_VARIABLE_VALUE: {
    title: 'A variable has a value that is not allowed.',
    remedy: 'Values have at most 4000 characters and hold no NUL.',
  },
  MODEL_VARIABLE_TWICE: {
    title: 'A variable is given twice.',
    remedy: 'Names are compared without case: keep one of the two.',
  },
  MODEL_LABEL: {
    title: 'A volume label is not allowed.',
    remedy: 'Use 1 to 11 of A-Z, 0-9, `_` and `-`, so that FAT, ISO 9660 and UDF can all carry it.',
  },
  MODEL_DATE: {
    title: 'A date is not understood, or has no time zone.',
    remedy: 'Write it as 2026-12-31T18:00:00Z or 2026-12-31T18:00:00+01:00.',
  },
});
