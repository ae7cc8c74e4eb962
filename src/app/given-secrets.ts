/** Secrets that a command is given by name: typed at a terminal, or in files; sealed before they reach a file of the site. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError, Secret } from '../core/index.ts';
import type { SealedText, Site } from '../model/index.ts';
import { appCode } from './codes.ts';
import { sealForSite } from './site-key-file.ts';
import { secretInput } from './site-password.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

/** Characters; the longest value of a variable. */
const longest = 4000;

export const secretsInput = {
  /** Names that a person is asked for. */
  secret: z.array(z.string().min(1)).default([]),
  /** What was typed, in the order of the names. */
  typed: z.array(secretInput).default([]),
  /** NAME=FILE. */
  secretFile: z.array(z.string()).default([]),
};

export interface GivenSecrets {
  readonly secret: readonly string[];
  readonly typed: readonly Secret[];
  readonly secretFile: readonly string[];
}

/**
 * Sealed values by name. Throws InputError: `APP_PASSWORD_MISSING` for a name that nobody could be asked for, `APP_OPTION`,
 * `APP_SECRET_LENGTH`, `APP_SITE_KEYS`.
 */
export async function sealedSecrets(site: Site, given: GivenSecrets): Promise<Map<string, { sealed: string }>> {
  const sealed = new Map<string, { sealed: string }>();
  const put = (name: string, value: Secret): void => void sealed.set(name, { ...sealedSecret(site, name, value) });
  given.secret.forEach((name, index) => {
    const value = given.typed[index];
    if (value === undefined) {
      throw new InputError(appCode.APP_PASSWORD_MISSING, `${name}: there is no terminal to ask for it`, {
        hint: `Give --secret-file ${name}=FILE.`,
      });
    }
    put(name, value);
  });
  for (const text of given.secretFile) {
    const equals = text.indexOf('=');
    if (equals < 1) {
      throw new InputError(appCode.APP_OPTION, '--secret-file: NAME=FILE is expected', {
        hint: 'For example --secret-file UserPassword=pw.txt',
      });
    }
    put(text.slice(0, equals), await readSecret(text.slice(equals + 1)));
  }
  return sealed;
}

/** A secret of 1 to 4000 characters, sealed for the site. Throws InputError (`APP_SECRET_LENGTH`, `APP_SITE_KEYS`). */
export function sealedSecret(site: Site, name: string, value: Secret): SealedText {
  const length = Array.from(value.reveal()).length;
  if (length > 0 && length <= longest) return sealForSite(site, value, randomBytes);
  throw new InputError(appCode.APP_SECRET_LENGTH, `${name}: it has ${length} characters, must have 1 to ${longest}`);
}

/** A secret in a file: all of it without one line end at its end, which editors add. Throws InputError (`APP_PASSWORD_FILE`). */
export async function readSecret(path: string): Promise<Secret> {
  const text = utf8Text(await readToEnd(path, 64 * 1024));
  if (text !== undefined) return new Secret(text.replace(/\r?\n$/, ''));
  throw new InputError(appCode.APP_PASSWORD_FILE, `${path}: is not UTF-8 text`, {
    details: { path },
    hint: saveAsUtf8,
  });
}
