/** `osdkit task-sequence export`. */
import { taskSequenceExport, type SequenceExport } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { problemText } from '../error-text.ts';
import { given } from '../option-values.ts';
import { counted, formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const taskSequenceExportCommand = defineCommand({
  useCase: taskSequenceExport,
  declare: (command) =>
    command
      .argument('<names...>', 'names or ids of task sequences')
      .requiredOption('--output <export.zip>', 'file to write; .zip is added where it is missing')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--no-dependencies', 'the sequences alone, without the objects that they need')
      .option('--no-content', 'without the folder <name>_files that holds the content')
      .option('--comment <text>', 'comment of the administrator, stored in the export')
      .option('--force', 'replace an existing zip')
      .option('--plan', 'show what would be written and write nothing'),
  input: (names, options) => ({ names, ...given(options) }),
  examples: [
    ['osdkit task-sequence export "Install Windows 11" --output win11.zip --no-dependencies', 'for ConfigMgr'],
    ['osdkit task-sequence export ABC00010 ABC00011 --output both', 'with all that they need, for another osdkit site'],
  ],
  render,
});

function render(result: SequenceExport): string {
  const { planned, output, size, sequences, dependencies, contentFolder, content, secrets, problems } = result;
  const bytes = content.reduce((sum, entry) => sum + entry.size, 0);
  return [
    planned ? `Plan for ${output} (nothing was written)` : `${output} is written (${formatBytes(size)})`,
    ...table(sequences.map(({ id, name }) => ['task sequence', id, name])),
    ...table(dependencies.map(({ kind, id, name }) => [kind, id, name])),
    ...(contentFolder === null
      ? []
      : [`  content: ${contentFolder}, ${counted(content.length, 'file')}, ${formatBytes(bytes)}`]),
    ...(secrets.length === 0 ? [] : ['', 'Type again after an import']),
    ...table(secrets.map(({ sequence, step, property }) => [sequence, step.join(' > '), property])),
    ...problems.map(problemText),
  ].join('\n');
}
