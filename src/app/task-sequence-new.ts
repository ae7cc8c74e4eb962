/** `task-sequence new KIND`: what the wizard makes, as a new file of the site (TPL-01). */
import { InputError, type OperationContext } from '../core/index.ts';
import { isSitePath } from '../store/index.ts';
import { KINDS, makeTemplate, type TemplateKind } from '../templates/index.ts';
import { appCode } from './codes.ts';
import { newIds, newPaths, textAt } from './new-object.ts';
import { type OpenedSite, openSite, problemLine } from './open-site.ts';
import { countsOf, type NewSequence, type NewSequenceInput, newSequenceInput } from './new-sequence.ts';
import { changeOf, changeSite } from './site-changes.ts';
import { insertUserState } from './task-sequence-insert.ts';
import { answerLine, answersRefused, gatherAnswers, type GatheredAnswers } from './template-answers.ts';
import { useCase, type UseCase } from './use-case.ts';

/** The use case of one kind. */
export function taskSequenceNew(kind: TemplateKind): UseCase<NewSequenceInput, NewSequence> {
  return useCase({
    name: `task-sequence new ${kind}`,
    summary: SUMMARIES[kind],
    effect: 'write',
    input: newSequenceInput,
    async run(given, _services, context): Promise<NewSequence> {
      const opened = await openSite(given.site, context);
      const gathered = await gatherAnswers(opened.site, given);
      if (given.into !== undefined && kind === 'user-state') {
        return insertUserState({ ...given, into: given.into }, opened, gathered, context);
      }
      const misplaced = (['into', 'part', 'before', 'after'] as const).find((name) => given[name] !== undefined);
      if (misplaced !== undefined) {
        const why = kind === 'user-state' ? 'means nothing without --into' : 'is for user-state only';
        throw new InputError(appCode.APP_OPTION, `--${misplaced} ${why}`);
      }
      return newSequence(kind, given, opened, gathered, context);
    },
  });
}

/** One line a kind; help of the group has them a second time. */
const SUMMARIES: Readonly<Record<TemplateKind, string>> = {
  install: 'install an existing image package',
  'build-and-capture': 'build and capture a reference operating system image',
  capture: 'capture an existing reference computer',
  upgrade: 'upgrade an operating system from an upgrade package',
  'user-state': 'capture and restore user state, as a new sequence or in an existing one',
  'virtual-hard-disk': 'install an existing image package to a virtual hard disk',
  custom: 'a custom sequence, without a step yet',
  'non-os': 'a custom sequence that deploys no operating system, without a step yet',
};

async function newSequence(
  kind: TemplateKind,
  { folder = '', plan }: NewSequenceInput,
  opened: OpenedSite,
  { given, placeOf }: GatheredAnswers,
  context: OperationContext,
): Promise<NewSequence> {
  const { sequence, comments, notes, problems } = makeTemplate(kind, given, opened.site);
  const refused = answersRefused(`the sequence (${KINDS[kind].title})`, problems, placeOf);
  if (refused) throw refused;
  const twin = opened.site.all('taskSequence').find(({ name }) => sameName(name, sequence.name));
  if (twin) {
    throw new InputError(
      appCode.APP_NAME_TAKEN,
      `the site has a task sequence ${JSON.stringify(twin.name)} (${twin.file})`,
      { hint: 'Choose another --name.' },
    );
  }
  const id = newIds(opened.site).next();
  const file = newPaths(opened)('taskSequence', sequence.name, folder);
  if (!isSitePath(file)) {
    throw new InputError(appCode.APP_OPTION, `--folder ${JSON.stringify(folder)}: not a folder of task sequences`, {
      hint: 'Names with / between them, such as clients/windows-11.',
    });
  }
  const text = withComments(textAt(file, 'taskSequence', { ...sequence, id, folder }), comments);
  const changed = await changeSite(opened, [changeOf(opened, file, text)], { plan }, context);
  const doubts = problems.map((problem) => answerLine(problem, placeOf));
  return {
    kind,
    id,
    name: sequence.name,
    file,
    action: 'create',
    planned: plan,
    text,
    diff: changed.changes[0]?.diff ?? '',
    ...countsOf(sequence.steps),
    notes,
    warnings: [...doubts, ...changed.warnings.map(problemLine)],
  };
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Below the line that names the schema (TPL-90). */
function withComments(text: string, comments: readonly string[]): string {
  const end = text.indexOf('\n') + 1;
  return text.slice(0, end) + comments.map((line) => `# ${line}\n`).join('') + text.slice(end);
}
