/** `init`: a new site folder with its keys and the JSON Schemas of its files. */
import { randomBytes } from 'node:crypto';
import { basename, resolve } from 'node:path';
import * as z from 'zod';
import { siteSettings } from '../model/index.ts';
import { newSiteKeys, writeSiteKeys } from '../protocol/index.ts';
import { settingsText, siteJsonSchemas } from '../site/index.ts';
import { createSiteFolder, type NewSiteFile } from '../store/index.ts';
import { keyFilePath } from './site-key-file.ts';
import { givenPassword, secretInput } from './site-password.ts';
import { useCase } from './use-case.ts';

export interface NewSite {
  readonly folder: string;
  readonly siteCode: string;
  readonly name: string;
  readonly planned: boolean;
  readonly files: readonly string[];
  /** The file that must be backed up and never goes into git. */
  readonly keyFile: string;
}

const ignored = `# Private keys of the site; keep a copy of keys/ in a safe place.
/keys/
# The content library: referenced by hash, never in git.
/content/
# State of network boot and prepared boot images: of this server alone.
/state/
.osdkit-*.partial
`;

export const siteInit = useCase({
  name: 'init',
  summary: 'make a site: a folder with site.yaml, keys and JSON Schemas',
  effect: 'write',
  input: z.strictObject({
    folder: z.string().min(1),
    siteCode: siteSettings.shape.siteCode.default('OSD'),
    name: z.string().min(1).max(256).optional(),
    passwordFile: z.string().optional(),
    password: secretInput.optional(),
    plan: z.boolean().default(false),
  }),
  async run({ folder, siteCode, name: given, passwordFile, password: typed, plan }): Promise<NewSite> {
    const password = await givenPassword('the password of the site keys', typed, passwordFile);
    const name = given ?? (basename(resolve(folder)) || siteCode);
    const { keys, seeds } = newSiteKeys(randomBytes);
    const settings = {
      osdkit: 1,
      siteCode,
      name,
      keys: keys.public,
      // A sequence that installs updates needs a source that is named (UPD-04); this one needs no server.
      softwareUpdates: { source: 'windowsUpdate' },
    } as const;
    const text = (path: string, content: string): NewSiteFile => ({ path, bytes: Buffer.from(content, 'utf8') });
    const files: NewSiteFile[] = [
      text('site.yaml', settingsText(settings)),
      text('.gitignore', ignored),
      ...Object.entries(siteJsonSchemas()).map(([file, schema]) =>
        text(`schemas/${file}`, `${JSON.stringify(schema, undefined, 2)}\n`),
      ),
    ];
    const result = {
      folder,
      siteCode,
      name,
      planned: plan,
      files: [...files.map(({ path }) => path), keyFilePath],
      keyFile: keyFilePath,
    };
    if (plan) return result;
    const keyFile = { path: keyFilePath, bytes: await writeSiteKeys(seeds, password, randomBytes), private: true };
    createSiteFolder(folder, [...files, keyFile]);
    return result;
  },
});
