/** `osdkit task-sequence import`. */
import { taskSequenceImport, type SequenceImport } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { problemText } from '../error-text.ts';
import { collect, given } from '../option-values.ts';
import { counted, formatBytes } from '../quantities.ts';
import { changeLines } from '../render-changes.ts';
import { table } from '../table.ts';

export const taskSequenceImportCommand = defineCommand({
  useCase: taskSequenceImport,
  declare: (command) =>
    command
      .argument('<export.zip>', 'export of ConfigMgr or osdkit, ts.xml of MDT, or Control folder of a deployment share')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--folder <path>', 'folder below task-sequences for new sequences (default: the top)')
      .option(
        '--on-duplicate <action>',
        'what the site has already: ignore (link to it) or overwrite (default: ignore)',
      )
      .option('--application <action>', 'how an application is overwritten: revision or new')
      .option('--map <OLD=NAME>', 'object of the site that stands for one of the import; may be repeated', collect)
      .option('--name <name>', 'name of the only sequence of the import (default: as in the file)')
      .option('--keep-errors', 'write sequences that have errors, to be corrected by hand (default: refuse)')
      .option('--plan', 'show what would be written and write nothing'),
  input: ([file], options) => ({ file, ...given(options) }),
  examples: [
    ['osdkit task-sequence import Windows11.zip --site contoso', 'a ConfigMgr export; prints what must be typed again'],
    ['osdkit task-sequence import Windows11.zip --map PS100042="Windows 11 x64"', 'names the image of this site'],
    ['osdkit task-sequence import DeploymentShare/Control --folder mdt --plan', 'all sequences of an MDT share'],
  ],
  render,
});

function render(result: SequenceImport): string {
  const { file, form, comment, sequences, objects, contents } = result;
  return [
    `${file}: ${form === 'mdt' ? 'MDT' : 'ConfigMgr export'}${comment === '' ? '' : `, ${JSON.stringify(comment)}`}`,
    ...sequences.flatMap(sequenceLines),
    ...section(
      'Objects',
      objects.map(({ id, name, kind, action, siteId }) => [id, kind ?? 'object', name ?? '', action, siteId ?? '']),
    ),
    ...section(
      'Content',
      contents.map(({ name, size, there }) => [
        name,
        formatBytes(size),
        there ? 'in the library' : 'not in the import',
      ]),
    ),
    '',
    ...(result.changes.length === 0 ? ['Nothing to write'] : changeLines(result)),
  ].join('\n');
}

function sequenceLines(one: SequenceImport['sequences'][number]): string[] {
  const { name, sourceId, id, action, steps, groups, typeAgain, secretsInFile, unsupported, features, problems } = one;
  const where = (step: readonly string[]): string => step.join(' > ');
  const link = action === 'ignore-duplicate' ? ' (the site has it; --on-duplicate overwrite replaces it)' : '';
  return [
    '',
    `${name} (${sourceId || 'no id'} -> ${id}): ${action}${link}, ${counted(steps, 'step')}, ${counted(groups, 'group')}`,
    ...section(
      'Type again',
      typeAgain.map(({ step, property, needed }) => [where(step), property, needed ? '' : 'may stay empty']),
    ),
    ...section(
      'Secrets that stood in the file',
      secretsInFile.map(({ step, property, state }) => [where(step), property, state]),
    ),
    ...section(
      'Cannot run here',
      unsupported.map(({ step, why }) => [where(step), why]),
    ),
    ...section(
      'Uses',
      features.map(({ feature, release }) => [feature, `since ${release}`]),
    ),
    ...problems.filter(({ code }) => !told.has(code)).map(problemText),
  ];
}

/** Problems that the sections above say already. */
const told: ReadonlySet<string> = new Set([
  'EXCHANGE_SECRET_BLANK',
  'EXCHANGE_SECRET_PLAIN',
  'EXCHANGE_STEP_UNKNOWN',
  'EXCHANGE_CONDITION_UNREADABLE',
]);

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows)];
}
