/** Rules over several answers, and references to the site's objects: every mistake at once. */
import { nearestHint } from '../core/index.ts';
import type { Site } from '../model/index.ts';
import { templateCode } from './codes.ts';
import type { TemplateKind } from './kinds.ts';
import { type Answers, QUESTIONS, type QuestionName, questionsOf } from './questions/index.ts';
import { type AnswerProblem, missing } from './read-answers.ts';
import type { SiteDefaults } from './site-defaults.ts';
import { modelDrivers } from './trees/upgrade-downloads.ts';

export function checkAnswers(
  kind: TemplateKind,
  answers: Answers,
  site: Site,
  defaults: SiteDefaults,
): AnswerProblem[] {
  const asked = new Set(questionsOf(kind).map(({ name }) => name));
  return [...rules(answers, defaults, asked), ...references(answers, site)];
}

/** `second` means nothing, or has to be there, because of what `first` says. */
function disagree(answer: QuestionName, message: string): AnswerProblem {
  return { code: templateCode.TEMPLATE_ANSWERS_DISAGREE, severity: 'error', message, answer };
}

function rules(answers: Answers, defaults: SiteDefaults, asked: ReadonlySet<QuestionName>): AnswerProblem[] {
  const problems: AnswerProblem[] = [];
  const has = (name: QuestionName): boolean => answers[name] !== undefined;
  const need = (name: QuestionName, why: string, isNeeded: boolean): void => {
    if (isNeeded && !has(name)) problems.push(missing(name, why));
  };
  const useless = (name: QuestionName, why: string, isUseless: boolean): void => {
    if (isUseless && has(name)) problems.push(disagree(name, why));
  };
  const inDomain = answers.join === 'domain';
  const isPerServer = answers.serverLicensing === 'per-server';
  const withPassword = answers.administrator === 'password';

  need('imageIndex', 'the image file holds several images (TPL-20)', has('image') && defaults.imageIndex === undefined);
  problems.push(...editionProblems('imageIndex', answers.imageIndex, defaults.imageEditions));
  problems.push(...editionProblems('edition', answers.edition, defaults.upgradeEditions));
  need('serverConnections', 'per-server licensing has a number of connections (TPL-23)', isPerServer);
  useless('serverConnections', 'is given without per-server licensing (TPL-23)', !isPerServer);
  need('adminPassword', 'the local administrator is to have one (TPL-24, TPL-64)', withPassword);
  useless(
    'adminPassword',
    'is given for an administrator who is disabled (TPL-24, TPL-64)',
    has('administrator') && !withPassword,
  );
  need('answerFile', 'the package may hold several files (TPL-36)', has('answerFilePackage'));
  need('answerFilePackage', 'the answer file lies in a package (TPL-36)', has('answerFile'));
  need('destinationPartition', 'the disk has several partitions (TPL-36)', has('destinationDisk'));
  need('destinationDisk', 'the partition is on a disk (TPL-36)', has('destinationPartition'));
  useless('disk', 'is given, and no disk is partitioned (TPL-21)', answers.partition === false);

  need('domain', 'a domain is to be joined (TPL-25)', inDomain);
  need('joinAccount', 'joining a domain takes an account (TPL-27)', inDomain);
  // Sysprep needs a workgroup, whatever was joined before (TPL-82).
  useless('workgroup', 'is given, and a domain is joined (TPL-25)', inDomain && !asked.has('capturePath'));
  useless('domain', 'is given, and a workgroup is joined (TPL-25)', !inDomain);
  useless('organizationalUnit', 'is given, and a workgroup is joined (TPL-26)', !inDomain);
  const migrates = answers.captureMembership === true && answers.captureNetworkSettings !== false;
  need('joinAccount', 'the membership is to be migrated (TPL-28)', migrates && !inDomain);
  need('joinPassword', 'the account joins with it (TPL-27, TPL-28)', has('joinAccount'));
  need('joinAccount', 'the password belongs to an account (TPL-27)', has('joinPassword') && !inDomain && !migrates);

  const noUsmt = defaults.captureUserState && defaults.usmtPackage === undefined;
  need(
    'usmtPackage',
    'user state is captured with USMT, and site.yaml names no package of it',
    noUsmt && asked.has('usmtPackage'),
  );
  const noState = answers.captureUserState === false;
  useless('usmtPackage', 'is given, and no user state is captured (TPL-30)', noState);
  useless('stateConfigFiles', 'is given, and no user state is captured (TPL-30)', noState);
  for (const name of ['captureMembership', 'captureAdapters'] as const) {
    useless(name, 'is given, and no network settings are captured (TPL-30)', answers.captureNetworkSettings === false);
  }
  for (const name of ['captureComputerName', 'captureRegistration', 'captureTimeZone'] as const) {
    useless(name, 'is given, and no Windows settings are captured (TPL-30)', answers.captureWindowsSettings === false);
  }
  const single = (answers.applications?.length ?? 0) < 2;
  useless('continueOnApplicationError', 'means something for several applications only (TPL-32)', single);
  need(
    'firmwareCommand',
    'without it the computer would not start from its converted disk (TPL-116)',
    answers.biosToUefi === true,
  );
  useless('firmwareCommand', 'is given without biosToUefi (TPL-116)', answers.biosToUefi !== true);
  useless('firmwarePackage', 'is given without biosToUefi (TPL-116)', answers.biosToUefi !== true);
  return problems;
}

/** An index that the file does not have (TPL-20, TPL-103). */
function editionProblems(
  answer: QuestionName,
  index: number | undefined,
  editions: SiteDefaults['imageEditions'],
): AnswerProblem[] {
  if (index === undefined || editions === undefined || editions.some((edition) => edition.index === index)) return [];
  const known = editions
    .map((edition) => `${edition.index} ${edition.name ?? edition.edition ?? ''}`.trim())
    .join(', ');
  const message = `must be one of ${known}; found ${index}`;
  return [{ code: templateCode.TEMPLATE_ANSWER_VALUE, severity: 'error', message, answer }];
}

/** SITE-18: what a sequence is made of is there before it. */
function references(answers: Answers, site: Site): AnswerProblem[] {
  const problems: AnswerProblem[] = [];
  const check = (answer: QuestionName, to: NonNullable<(typeof QUESTIONS)[QuestionName]['to']>, text: string): void => {
    if (site.find(to, text) !== undefined) return;
    const twice = site.all(to).filter(({ name }) => name.toLowerCase() === text.toLowerCase()).length > 1;
    const names = site.all(to).map(({ name }) => name);
    problems.push({
      code: templateCode.TEMPLATE_REFERENCE,
      severity: 'error',
      message: `names ${JSON.stringify(text)}, ${twice ? 'and several objects have this name' : 'which the site does not have'}`,
      hint: twice ? 'Give the id.' : names.length === 0 ? 'The site has none of this kind.' : nearestHint(text, names),
      answer,
    });
  };
  for (const [name, value] of Object.entries(answers) as [QuestionName, unknown][]) {
    const { to } = QUESTIONS[name];
    const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
    if (to !== undefined) for (const text of texts) check(name, to, text);
  }
  const drivers = typeof answers.driverPackages === 'object' ? answers.driverPackages : [];
  for (const text of drivers) check('driverPackages', 'driverPackage', modelDrivers(text).package);
  return problems;
}
