/** The password of a site's keys, from where it may come: never from argv. */
import * as z from 'zod';
import { InputError, Secret } from '../core/index.ts';
import { appCode } from './codes.ts';
import { readPasswordFile } from './password-file.ts';

/** A secret that was typed at a terminal or stands in the environment. */
export const secretInput = z.custom<Secret>((value) => value instanceof Secret);

/** What was typed or stands in the environment, else the first line of the file. Throws InputError (`APP_PASSWORD_MISSING`). */
export async function givenPassword(
  what: string,
  typed: Secret | undefined,
  file: string | undefined,
): Promise<Secret> {
  const password = typed ?? (file === undefined ? undefined : await readPasswordFile(file));
  if (password === undefined) {
    throw new InputError(appCode.APP_PASSWORD_MISSING, `${what} is needed, and there is no terminal to ask for it`, {
      hint: 'Give --password-file, or set OSDKIT_SITE_PASSWORD.',
    });
  }
  if (password.reveal() === '') throw new InputError(appCode.APP_PASSWORD_MISSING, `${what} is empty`);
  return password;
}
