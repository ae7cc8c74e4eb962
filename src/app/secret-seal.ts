/** `secret seal`: a secret to the `!secret` scalar that a file of the site may hold. Only the public key is needed. */
import * as z from 'zod';
import { InputError } from '../core/index.ts';
import { appCode } from './codes.ts';
import { readSecret, sealedSecret } from './given-secrets.ts';
import { openSite, siteOption } from './open-site.ts';
import { secretInput } from './site-password.ts';
import { useCase } from './use-case.ts';

export interface SealedSecret {
  /** The scalar as it is written in YAML. */
  readonly scalar: string;
  readonly sealed: string;
}

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
    const value = typed ?? (valueFile === undefined ? undefined : await readSecret(valueFile));
    if (value === undefined) {
      throw new InputError(
        appCode.APP_PASSWORD_MISSING,
        'no secret was given, and there is no terminal to ask for it',
        {
          hint: 'Give it in --value-file; command lines are visible to every process.',
        },
      );
    }
    const { sealed } = sealedSecret(site, 'the secret', value);
    return { scalar: `!secret ${sealed}`, sealed };
  },
});
