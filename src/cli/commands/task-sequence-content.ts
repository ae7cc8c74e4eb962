/** `osdkit task-sequence content`. */
import { taskSequenceContent, type SequenceContentList } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const taskSequenceContentCommand = defineCommand({
  useCase: taskSequenceContent,
  declare: (command) =>
    command
      .argument('<sequence>', 'name or id of the task sequence')
      .option('--site <dir>', 'folder of the site (default: .)'),
  input: ([sequence], { site }) => ({ sequence, site }),
  examples: [
    [
      'osdkit task-sequence content "Install Windows 11"',
      'every piece, the points that have it, and those that do not',
    ],
    ['osdkit task-sequence content ABC00010 --json', 'with hashes, sizes and dependencies'],
  ],
  render,
});

function render({ sequence, content, size, targets, alreadyThere }: SequenceContentList): string {
  const rows = content.map(({ kind, id, name, version, content: pieces, points }) => [
    id ?? '',
    kind,
    version === null ? name : `${name} ${version}`,
    pieces.length === 0 ? 'no content' : formatBytes(pieces.reduce((sum, piece) => sum + piece.size, 0)),
    points.length === 0 ? 'on no point' : `on ${points.join(', ')}`,
  ]);
  return [
    `${sequence.name} (${sequence.id}) needs ${content.length} pieces of content, ${formatBytes(size)}`,
    ...table(rows),
    ...section(
      'Targets',
      targets.map(({ kind, name, lacks }) => [kind, name, `lacks ${lacks.join(', ')}`]),
    ),
    ...section(
      'Already there',
      alreadyThere.map(({ kind, name }) => [kind, name]),
    ),
  ].join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows)];
}
