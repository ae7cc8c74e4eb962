/** What a prompt offers for a question of the wizard: objects of the site, editions of an image or package. */
import type { OperationContext } from '../core/index.ts';
import type { ObjectKind, SiteObject, UpgradePackage } from '../model/index.ts';
import type { GivenAnswers, NamedQuestion } from '../templates/index.ts';
import { openSite } from './open-site.ts';

export interface OfferedChoice {
  /** The answer. */
  readonly value: string;
  /** With what helps to choose the right one (TPL-102). */
  readonly label: string;
}

/** Undefined: the question has no list to choose from, and is typed. One edition alone leaves nothing to ask (TPL-20, TPL-103). */
export type Offer = (question: NamedQuestion, answers: GivenAnswers) => readonly OfferedChoice[] | undefined;

/** Reads the site once. Throws as `openSite` does. */
export async function templateOffer(folder: string, context: OperationContext): Promise<Offer> {
  const { site } = await openSite(folder, context);
  const objects = (kind: ObjectKind): OfferedChoice[] =>
    site
      .all(kind)
      .filter(({ builtIn }) => !builtIn)
      .map((object) => {
        // Where a name is there twice only the id names one of them.
        const value = site.find(kind, object.name) === undefined ? (object.id ?? object.name) : object.name;
        return { value, label: [value, ...detailsOf(object)].join(', ') };
      });
  return ({ name, to }, { image, upgradePackage }) => {
    if (to !== undefined) return objects(to);
    if (name === 'imageIndex' && typeof image === 'string') {
      return editionChoices(site.find('operatingSystem', image)?.value.editions);
    }
    if (name === 'edition' && typeof upgradePackage === 'string') {
      return editionChoices(site.find('upgradePackage', upgradePackage)?.value.editions);
    }
    return undefined;
  };
}

function detailsOf({ value }: SiteObject): string[] {
  const { version, architecture, language } = value as Readonly<Record<string, unknown>>;
  return [version, architecture, language].filter((detail) => typeof detail === 'string');
}

function editionChoices(editions: UpgradePackage['editions']): OfferedChoice[] | undefined {
  return editions?.map(({ index, name, edition }) => ({
    value: String(index),
    label: [String(index), name ?? edition ?? ''].join(' ').trim(),
  }));
}
