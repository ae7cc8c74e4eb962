/** What a person should know of a sequence that was just made: what the site decided, what to verify. */
import type { Site, SiteObject } from '../model/index.ts';
import type { TemplateKind } from './kinds.ts';
import { NO_CLIENT } from './parts/windows.ts';
import { type Answers, QUESTIONS, type QuestionName, questionsOf } from './questions/index.ts';
import type { SiteDefaults } from './site-defaults.ts';

export function notesOn(kind: TemplateKind, answers: Answers, defaults: SiteDefaults, site: Site): string[] {
  const asked = new Set(questionsOf(kind).map(({ name }) => name));
  const notes: string[] = [];
  if (asked.has('captureUserState') && answers.captureUserState === undefined && !defaults.captureUserState) {
    notes.push('No user state is captured and restored: neither --usmt-package nor site.yaml names a package of USMT.');
  }
  if (asked.has('updates') && answers.updates === undefined && defaults.updates === 'none') {
    notes.push('No updates are installed: site.yaml names no source of them (softwareUpdates).');
  }
  if (asked.has('clientPackage') && defaults.clientPackage === undefined) notes.push(NO_CLIENT);
  if (
    asked.has('captureNetworkSettings') &&
    answers.captureMembership === undefined &&
    answers.joinAccount === undefined
  ) {
    notes.push('The membership of a domain is not taken over: that takes --join-account.');
  }
  const upgrade =
    answers.upgradePackage === undefined ? undefined : site.find('upgradePackage', answers.upgradePackage);
  if (upgrade) notes.push(verify(upgrade));
  if (kind === 'build-and-capture') notes.push(...notDistributed(answers, site));
  if (kind === 'virtual-hard-disk') notes.push('The virtual hard disk is the result; osdkit does not publish it.');
  return notes;
}

/** TPL-102. */
function verify({ name, value }: SiteObject<'upgradePackage'>): string {
  const parts = [
    ['version', value.version],
    ['architecture', value.architecture],
    ['language', value.language],
    [
      'editions',
      value.editions?.map((edition) => `${edition.index} ${edition.name ?? edition.edition ?? ''}`.trim()).join(', '),
    ],
  ].map(([what, is]) => `${what} ${is ?? 'not said'}`);
  return `Verify the upgrade package ${JSON.stringify(name)}: ${parts.join('; ')}.`;
}

/** SITE-19: the content of a build-and-capture sequence should be on distribution points before it is made. */
function notDistributed(answers: Answers, site: Site): string[] {
  return (Object.entries(answers) as [QuestionName, unknown][]).flatMap(([name, value]) => {
    const { to } = QUESTIONS[name];
    if (to === undefined) return [];
    const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
    return texts.flatMap((text) => {
      const object = site.find(to, text);
      if (object === undefined || hasPoints(object)) return [];
      return [`${JSON.stringify(object.name)} is on no distribution point yet; the sequence needs it there (SITE-19).`];
    });
  });
}

function hasPoints({ value }: SiteObject): boolean {
  if (!('distribution' in value)) return false;
  const { points = [], groups = [] } = value.distribution ?? {};
  return points.length + groups.length > 0;
}
