/** `--password-file`: the password is the first line; so it is never in argv. */
import { openFile, readAll } from '../../images/bytes/index.ts';
import { InputError, Secret } from '../core/index.ts';
import { appCode } from './codes.ts';

/** The password in a file: its first line, without the line end. Throws InputError (`APP_PASSWORD_FILE`) when it is empty. */
export async function readPasswordFile(path: string): Promise<Secret> {
  await using file = await openFile(path);
  const bytes = await readAll(file, 64 * 1024);
  const [line = ''] = new TextDecoder().decode(bytes).split(/\r?\n/, 1);
  if (line !== '') return new Secret(line);
  throw new InputError(appCode.APP_PASSWORD_FILE, `${path}: the first line is empty`, {
    details: { path },
    hint: 'Put the password on the first line of the file.',
  });
}
