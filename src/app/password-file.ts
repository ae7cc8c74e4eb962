/** `--password-file`: the password is the first line; so it is never in argv. */
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError, Secret } from '../core/index.ts';
import { appCode } from './codes.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

/** The password in a file: its first line, without the line end. Throws InputError (`APP_PASSWORD_FILE`) when it is empty or not UTF-8. */
export async function readPasswordFile(path: string): Promise<Secret> {
  const text = utf8Text(await readToEnd(path, 64 * 1024));
  if (text === undefined) {
    throw new InputError(appCode.APP_PASSWORD_FILE, `${path}: is not UTF-8 text`, {
      details: { path },
      hint: saveAsUtf8,
    });
  }
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line !== '') return new Secret(line);
  throw new InputError(appCode.APP_PASSWORD_FILE, `${path}: the first line is empty`, {
    details: { path },
    hint: 'Put the password on the first line of the file.',
  });
}
