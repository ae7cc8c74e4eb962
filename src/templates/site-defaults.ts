/** What the site answers where nobody did: packages that site.yaml names, editions of an image, architecture of a package. */
import type { Site, UpgradePackage } from '../model/index.ts';
import type { TemplateKind } from './kinds.ts';
import type { Answers } from './questions/index.ts';

export interface SiteDefaults {
  /** What image and upgrade package hold, as far as the site says. */
  readonly imageEditions: Editions | undefined;
  readonly upgradeEditions: Editions | undefined;
  readonly imageIndex: number | undefined;
  readonly clientPackage: string | undefined;
  readonly usmtPackage: string | undefined;
  /** TPL-30: whether user state is migrated. */
  readonly captureUserState: boolean;
  readonly updates: 'required' | 'all' | 'none';
  readonly edition: number | undefined;
  /** TPL-105. */
  readonly ignoreMessages: boolean;
  /** MB; TPL-113. */
  readonly freeDiskSpace: number;
}

type Editions = NonNullable<UpgradePackage['editions']>;

/** TPL-113: MB for the files of a 32-bit and of a 64-bit upgrade. */
const SPACE_32 = 16_384;
const SPACE_64 = 20_480;

export function siteDefaults(kind: TemplateKind, answers: Answers, site: Site): SiteDefaults {
  const image = answers.image === undefined ? undefined : site.find('operatingSystem', answers.image)?.value;
  const upgrade =
    answers.upgradePackage === undefined ? undefined : site.find('upgradePackage', answers.upgradePackage)?.value;
  const usmtPackage = answers.usmtPackage ?? site.settings.usmtPackage;
  const editions = upgrade?.editions;
  const chosen = editions?.find(({ index }) => index === answers.edition) ?? editions?.[0];
  const is32Bit = (upgrade?.architecture ?? chosen?.architecture) === 'x86' && answers.upgradePackage32 === undefined;
  return {
    imageEditions: image?.editions,
    upgradeEditions: editions,
    imageIndex: image?.editions === undefined ? 1 : onlyIndex(image.editions),
    clientPackage: answers.clientPackage ?? site.settings.clientPackage,
    usmtPackage,
    captureUserState: kind === 'user-state' || (answers.captureUserState ?? usmtPackage !== undefined),
    updates: answers.updates ?? (site.settings.softwareUpdates === undefined ? 'none' : 'required'),
    edition: answers.edition ?? editions?.[0]?.index,
    ignoreMessages: answers.ignoreMessages ?? isServer(chosen),
    freeDiskSpace: answers.freeDiskSpace ?? (is32Bit ? SPACE_32 : SPACE_64),
  };
}

/** TPL-20: asked when there are several. */
function onlyIndex(editions: Editions): number | undefined {
  return editions.length === 1 ? editions[0]?.index : undefined;
}

/** Edition ids of servers begin so (`ServerStandard`); image names have the word. */
function isServer(edition: Editions[number] | undefined): boolean {
  return /^server/i.test(edition?.edition ?? '') || /\bserver\b/i.test(edition?.name ?? '');
}
