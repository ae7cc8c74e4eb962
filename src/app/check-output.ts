/** Whether an image file may be written where the user wants it: told before anything is read, and never over an input. */
import { isSameFile, liesIn, outputPlace } from '../../images/bytes/index.ts';
import { InputError } from '../core/index.ts';
import { appCode } from './codes.ts';

export interface OutputRequest {
  readonly output: string;
  readonly force: boolean;
  /** Then nothing is written, and an existing file is no reason to refuse. */
  readonly plan: boolean;
}

/**
 * Throws InputError: `APP_OUTPUT_IS_INPUT` when the output is one of the input files, by whatever name or link and whatever
 * `force` says, or lies in one of the input folders, where the next run would take it for an input; else as `outputPlace`.
 */
export async function checkOutput(
  { output, force, plan }: OutputRequest,
  files: readonly (string | undefined)[],
  folders: readonly (string | undefined)[],
): Promise<void> {
  for (const file of files) {
    if (file === undefined || !(await isSameFile(output, file))) continue;
    throw refused(`${output} is the input file ${file}`, { output, input: file });
  }
  for (const folder of folders) {
    if (folder === undefined || !(await liesIn(output, folder))) continue;
    throw refused(`${output} lies in the input folder ${folder}`, { output, input: folder });
  }
  await outputPlace(output, force || plan);
}

function refused(message: string, details: Readonly<Record<string, string>>): InputError {
  return new InputError(appCode.APP_OUTPUT_IS_INPUT, message, {
    details,
    hint: 'Choose another --output. No input was touched.',
  });
}
