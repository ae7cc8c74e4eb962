/** A kind of the wizard and its answers to a task sequence: a pure function; every mistake comes at once. */
import type { SequenceItem, Site, Step, TaskSequence } from '../model/index.ts';
import { placedItems } from '../sequence/index.ts';
import { checkStep } from '../steps/index.ts';
import { checkAnswers } from './check-answers.ts';
import { templateCode } from './codes.ts';
import type { TemplateKind } from './kinds.ts';
import { notesOn } from './notes.ts';
import type { Answers } from './questions/index.ts';
import type { GivenAnswers } from './questions/question.ts';
import { type AnswerProblem, missingAnswers, readAnswers } from './read-answers.ts';
import { captureUserState, restoreUserState } from './parts/state.ts';
import { siteDefaults, type SiteDefaults } from './site-defaults.ts';
import { buildAndCaptureTree, CAPTURE_COMMENTS, captureTree } from './trees/capture.ts';
import { installTree, virtualHardDiskTree } from './trees/install.ts';
import { upgradeTree } from './trees/upgrade.ts';
import type { Uninstall } from './trees/upgrade-actions.ts';

export interface MadeTemplate {
  /** Without id and folder: who stores it gives them. */
  readonly sequence: Omit<TaskSequence, 'id' | 'folder'>;
  /** Lines for people, to stand at the top of the file. */
  readonly comments: readonly string[];
  /** What was left out or taken from the site, and what to verify. */
  readonly notes: readonly string[];
  /** Errors refuse the sequence; it is what it would be without the answers that are wrong. */
  readonly problems: readonly AnswerProblem[];
}

/**
 * The sequence of a kind. `given` has answers by their questions' names, still unchecked, passwords sealed
 * (`{ sealed: TEXT }`). Nothing is thrown for wrong answers: they are problems.
 */
export function makeTemplate(kind: TemplateKind, given: GivenAnswers, site: Site): MadeTemplate {
  const { answers, problems: wrong } = readAnswers(kind, given);
  const defaults = siteDefaults(kind, answers, site);
  const removed = uninstalls(answers, site);
  const steps = treeOf(kind, answers, defaults, removed.uninstalls);
  const told = firstOfEach([
    ...wrong,
    ...missingAnswers(kind, given),
    ...checkAnswers(kind, answers, site, defaults),
    ...removed.problems,
  ]);
  // A question without a right answer leaves its step wrong, too: that is told once.
  const problems = told.length > 0 ? told : stepProblems(steps);
  return {
    sequence: {
      name: answers.name ?? '',
      ...(answers.description === undefined ? {} : { description: answers.description }),
      ...(answers.bootImage === undefined ? {} : { bootImage: answers.bootImage }),
      steps,
    },
    comments: kind === 'capture' || kind === 'build-and-capture' ? CAPTURE_COMMENTS : [],
    notes: notesOn(kind, answers, defaults, site),
    problems,
  };
}

/** An answer that is wrong is not told to be missing, too, nor twice; of a list each item is told. */
function firstOfEach(problems: readonly AnswerProblem[]): AnswerProblem[] {
  const told = new Set<string | undefined>();
  return problems.filter(({ answer, code }) => {
    const isFirst = !told.has(answer);
    told.add(answer);
    return isFirst || code === templateCode.TEMPLATE_REFERENCE || code === templateCode.TEMPLATE_NO_UNINSTALL;
  });
}

function treeOf(
  kind: TemplateKind,
  answers: Answers,
  site: SiteDefaults,
  removed: readonly Uninstall[],
): readonly SequenceItem[] {
  switch (kind) {
    case 'install':
      return installTree(answers, site);
    case 'virtual-hard-disk':
      return virtualHardDiskTree(answers, site);
    case 'build-and-capture':
      return buildAndCaptureTree(answers, site);
    case 'capture':
      return captureTree(answers);
    case 'upgrade':
      return upgradeTree(answers, site, removed);
    case 'user-state':
      return [captureUserState(answers, site), restoreUserState(answers, site)];
    default:
      // TPL-143, TPL-144: steps are added by editing.
      return [];
  }
}

/** What the definitions of the steps say: keys, licences, lengths (TPL-22, TPL-23). */
function stepProblems(steps: readonly SequenceItem[]): AnswerProblem[] {
  return placedItems(steps)
    .filter((placed): placed is typeof placed & { item: Step } => placed.item.kind === 'step')
    .flatMap(({ item }) =>
      checkStep(item).map(({ code, severity, message, hint }) => ({
        code,
        severity,
        message: `step ${JSON.stringify(item.name)}: ${message}`,
        ...(hint === undefined ? {} : { hint }),
      })),
    );
}

/** TPL-108: the uninstall programs of Windows Installer. */
function uninstalls(answers: Answers, site: Site): { uninstalls: Uninstall[]; problems: AnswerProblem[] } {
  const found: Uninstall[] = [];
  const problems: AnswerProblem[] = [];
  for (const name of answers.removeApplications ?? []) {
    const application = site.find('application', name);
    if (application === undefined) continue;
    const type = application.value.deploymentTypes?.find(
      ({ technology, uninstall }) => technology === 'windowsInstaller' && uninstall !== undefined,
    );
    if (type?.uninstall !== undefined) found.push({ name: application.name, commandLine: type.uninstall });
    else {
      problems.push({
        code: templateCode.TEMPLATE_NO_UNINSTALL,
        severity: 'error',
        message: `names ${JSON.stringify(name)}, which has no deployment type of Windows Installer with an uninstall command`,
        answer: 'removeApplications',
      });
    }
  }
  return { uninstalls: found, problems };
}
