/** Where a site's private keys lie, how they are opened, and secrets sealed to the public one. */
import { join } from 'node:path';
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError, type Secret } from '../core/index.ts';
import type { SealedText, Site } from '../model/index.ts';
import { type RandomBytes, readSiteKeys, seal, type SiteKeys } from '../protocol/index.ts';
import { appCode } from './codes.ts';

/** The key file, from the site's folder; `.gitignore` of a new site names its folder. */
export const keyFilePath = 'keys/site-keys.json';

/** Opens the private keys of the site in a folder. Throws as `readSiteKeys`; InputError where there is no key file. */
export async function openSiteKeys(folder: string, password: Secret): Promise<SiteKeys> {
  const path = join(folder, keyFilePath);
  return readSiteKeys(await readToEnd(path, 64 * 1024), password, path);
}

/** Seals to the public key of site.yaml. Throws InputError (`APP_SITE_KEYS`) when it has none, or one that is no key. */
export function sealForSite(site: Site, secret: Secret, random: RandomBytes): SealedText {
  const text = site.settings.keys?.sealing;
  if (text === undefined) {
    throw new InputError(appCode.APP_SITE_KEYS, 'site.yaml has no `keys.sealing`: nothing can be sealed', {
      hint: '`osdkit init` makes a site with keys.',
    });
  }
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) {
    throw new InputError(
      appCode.APP_SITE_KEYS,
      `site.yaml: keys.sealing has ${key.length} bytes, an X25519 key has 32`,
      {
        hint: 'Copy it again from the file of the site keys.',
      },
    );
  }
  return { sealed: seal(secret, key, random) };
}
