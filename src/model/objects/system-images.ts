/** What installs Windows: images to apply, and packages that upgrade in place (IMG-06 to IMG-10). */
import * as z from 'zod';
import { architecture, contentObject, type DeepReadonly, language, optional, text, whole } from './fields.ts';

/** One image (edition) of a WIM file. */
const edition = z.strictObject({
  index: whole('Index in the WIM file', 1, 2 ** 31),
  name: optional(text('Name of the image')),
  edition: optional(text('Edition id, such as Enterprise')),
  architecture: optional(architecture('Architecture of this image')),
  version: optional(text('Version, such as 10.0.26100.1')),
  language: optional(text('Languages, such as en-US')),
});
export type Edition = DeepReadonly<z.output<typeof edition>>;

const labels = {
  /** Labels of pre-cache (CACHE-03, CACHE-11): without one the package fits every client. */
  architecture: optional(architecture('Architecture that it fits')),
  language: optional(language),
  editions: optional(z.array(edition, { error: 'a list of editions' }).min(1, { error: 'at least one edition' })),
};

/** An operating system image: a WIM file. */
export const operatingSystem = z.strictObject({ ...contentObject, ...labels });
export type OperatingSystem = DeepReadonly<z.output<typeof operatingSystem>>;

/** An upgrade package: the files of Windows Setup. The first edition is the default (IMG-08). */
export const upgradePackage = z.strictObject({ ...contentObject, ...labels });
export type UpgradePackage = DeepReadonly<z.output<typeof upgradePackage>>;
