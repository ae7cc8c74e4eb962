/** `pxe password`: what Windows PE compares a typed password with, into the file of a point (PXE-03). The password itself is nowhere. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { InputError } from '../../core/index.ts';
import { makeVerifier } from '../../protocol/index.ts';
import { deleteIn, setIn } from '../../site/index.ts';
import { appCode } from '../codes.ts';
import { findObject } from '../find-object.ts';
import { readSecret } from '../given-secrets.ts';
import { openSite, siteOption } from '../open-site.ts';
import { type ChangedSite, changeOf, changeSite } from '../site-changes.ts';
import { secretInput } from '../site-password.ts';
import { useCase } from '../use-case.ts';

export interface PxePassword extends ChangedSite {
  readonly point: string;
  readonly removed: boolean;
}

export const pxePassword = useCase({
  name: 'pxe password',
  summary: 'set the password that a distribution point asks for in Windows PE',
  effect: 'write',
  input: z.strictObject({
    point: z.string().min(1),
    site: siteOption,
    remove: z.boolean().default(false),
    valueFile: z.string().optional(),
    value: secretInput.optional(),
    plan: z.boolean().default(false),
  }),
  async run({ point: name, site: folder, remove, valueFile, value, plan }, _services, context): Promise<PxePassword> {
    const opened = await openSite(folder, context);
    const point = findObject(opened.site, name, ['distributionPoint']);
    const before = opened.texts.get(point.file) ?? '';
    const path = ['pxe', 'passwordVerifier'];
    let after = before;
    if (!remove) {
      const password = value ?? (valueFile === undefined ? undefined : await readSecret(valueFile));
      if (password === undefined) {
        throw new InputError(
          appCode.APP_PASSWORD_MISSING,
          'no password was given, and there is no terminal to ask for it',
          {
            hint: 'Give it in --value-file; command lines are visible to every process.',
          },
        );
      }
      if (password.reveal() === '') {
        throw new InputError(appCode.APP_SECRET_LENGTH, 'the PXE password is empty');
      }
      const verifier = await makeVerifier(password, randomBytes);
      after = setIn(
        before,
        point.value.pxe ? path : ['pxe'],
        point.value.pxe ? verifier : { enabled: true, passwordVerifier: verifier },
      );
    } else if (point.value.pxe?.passwordVerifier !== undefined) after = deleteIn(before, path);
    const changed = await changeSite(opened, [changeOf(opened, point.file, after)], { plan }, context);
    return { ...changed, point: point.name, removed: remove };
  },
});
