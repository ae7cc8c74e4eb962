/** A policy as a file for one computer: secrets sealed to its key, signed by the site. */
import { randomBytes } from 'node:crypto';
import { memorySource, transfer, writeOutput } from '../../images/bytes/index.ts';
import { InputError, type OperationContext, type Secret } from '../core/index.ts';
import type { SecretPort } from '../policy/index.ts';
import { open, type PolicyDocument, seal, signDocument, type SiteKeys, writePolicy } from '../protocol/index.ts';
import { appCode } from './codes.ts';
import type { OpenedSite } from './open-site.ts';
import { openSiteKeys } from './site-key-file.ts';

/** The keys of a site, which must be those that site.yaml names. Throws InputError (`APP_SITE_KEYS`) and as `openSiteKeys`. */
export async function keysOfSite({ site, place }: OpenedSite, folder: string, password: Secret): Promise<SiteKeys> {
  const keys = await openSiteKeys(folder, password);
  if (keys.public.signing === site.settings.keys?.signing) return keys;
  throw new InputError(appCode.APP_SITE_KEYS, `${place}: keys.signing of site.yaml is not that of the key file`, {
    hint: 'Restore the one that was changed from your backup: media made earlier trust the old key.',
  });
}

/** Opens with the site's key, seals to the computer's. Throws InputError (`APP_OPTION`) for text that is no key. */
export function secretsFor(keys: SiteKeys, recipient: string): SecretPort {
  const bytes = Buffer.from(recipient, 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== recipient) {
    throw new InputError(appCode.APP_OPTION, '--recipient is no X25519 public key', {
      hint: 'Give the 32 bytes of the key in base64, as the computer that asks shows them.',
    });
  }
  return {
    recipient: bytes,
    open: ({ sealed }, place) => open(sealed, keys.sealing, place),
    seal: (secret, key) => seal(secret, key, randomBytes),
  };
}

/** Signs and writes a policy. */
export async function writePolicyFile(
  document: PolicyDocument,
  { signing }: SiteKeys,
  output: string,
  force: boolean,
  context: OperationContext,
): Promise<void> {
  const source = memorySource(writePolicy(signDocument(document, signing)));
  await writeOutput(output, { force }, context, (sink) => transfer([{ at: 0, source }], sink, context, 'writing'));
}
