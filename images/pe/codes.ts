/** Error codes of `images/pe`. */
import { registerCodes } from '../../src/core/index.ts';

export const peCode = registerCodes({
  PE_NOT_EXECUTABLE: {
    title: 'The file is not a Windows or EFI program (PE).',
    remedy: 'Take the file from its source again; text conversion and cut-off downloads break programs.',
  },
  PE_HEADER: {
    title: 'A header of a program contradicts itself or the length of the file.',
    remedy: 'The file is damaged: take it from its source again.',
  },
  PE_OUTSIDE: {
    title: 'A table of a program points outside its sections or outside the file.',
    remedy: 'The file is damaged or cut off: take it from its source again.',
  },
  PE_IMPORTS: {
    title: 'The import table of a program is damaged.',
    remedy: 'The file is damaged: take it from its source again.',
  },
  PE_RESOURCES: {
    title: 'The resources of a program are damaged.',
    remedy: 'The file is damaged: take it from its source again.',
  },
  PE_SIGNATURE: {
    title: 'The signature of a program is damaged.',
    remedy: 'The file was cut off or changed after it was signed: take it from its source again.',
  },
  PE_LIMIT: {
    title: 'A program has more imports, sections, resources or signatures than any real one.',
    remedy: 'The file is damaged, or made to harm.',
  },
});
