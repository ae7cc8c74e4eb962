/** `secret seal`: a secret to the `!secret` scalar that a file of the site may hold. Only the public key is needed. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError, Secret } from '../core/index.ts';
import { appCode } from './codes.ts';
import { openSite, siteOption } from './open-site.ts';
import { sealForSite } from './site-key-file.ts';
import { secretInput } from './site-password.ts';
import { useCase } from './use-case.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

export interface SealedSecret {
  /** The scalar as it is written in YAML. */
  readonly scalar: string;
  readonly sealed: string;
}

/** Characters; the longest value of a variable. */
const longest = 4000;

export const secretSeal = useCase({
  name: 'secret seal',
  summary: 'seal a password or product key for the files of a site',
  effect: 'read',
  input: z.strictObject({
    site: siteOption,
    valueFile: z.string().optional(),
    value: secretInput.optional(),
  }),
  async run({ site: folder, valueFile, value: typed }, _services, context): Promise<SealedSecret> {
    // A site with mistakes elsewhere is often about to be corrected by this very secret.
    const { site } = await openSite(folder, context);
    const value = typed ?? (valueFile === undefined ? undefined : await readValue(valueFile));
    if (value === undefined) {
      throw new InputError(
        appCode.APP_PASSWORD_MISSING,
        'no secret was given, and there is no terminal to ask for it',
        {
          hint: 'Give it in --value-file; command lines are visible to every process.',
        },
      );
    }
    const length = Array.from(value.reveal()).length;
    if (length === 0 || length > longest) {
      throw new InputError(appCode.APP_SECRET_LENGTH, `the secret has ${length} characters, must have 1 to ${longest}`);
    }
    const { sealed } = sealForSite(site, value, randomBytes);
    return { scalar: `!secret ${sealed}`, sealed };
  },
});

/** The whole file without one line end at its end, which editors add. */
async function readValue(path: string): Promise<Secret> {
  const text = utf8Text(await readToEnd(path, 64 * 1024));
  if (text !== undefined) return new Secret(text.replace(/\r?\n$/, ''));
  throw new InputError(appCode.APP_PASSWORD_FILE, `${path}: is not UTF-8 text`, {
    details: { path },
    hint: saveAsUtf8,
  });
}
