/** `osdkit task-sequence list`. */
import { taskSequenceList, type ListedSequence } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { counted } from '../quantities.ts';
import { table } from '../table.ts';

export const taskSequenceListCommand = defineCommand({
  useCase: taskSequenceList,
  declare: (command) => command.option('--site <dir>', 'folder of the site (default: .)'),
  input: (_, { site }) => ({ site }),
  examples: [['osdkit task-sequence list --site contoso', 'folder by folder: id, steps, groups, what is special']],
  render,
});

function render(sequences: readonly ListedSequence[]): string {
  if (sequences.length === 0) return 'The site has no task sequence.';
  const folders = [...new Set(sequences.map(({ folder }) => folder))];
  return folders
    .flatMap((folder) => [
      `task-sequences${folder === '' ? '' : `/${folder}`}`,
      ...table(sequences.filter((one) => one.folder === folder).map(rowOf)),
    ])
    .join('\n');
}

function rowOf({ id, name, steps, groups, enabled, highImpact, deployments, children }: ListedSequence): string[] {
  const notes = [
    ...(enabled ? [] : ['disabled']),
    ...(highImpact === null ? [] : [`high impact (${highImpact})`]),
    ...(deployments === 0 ? [] : [counted(deployments, 'deployment')]),
    ...(children.length === 0 ? [] : [`runs ${children.join(', ')}`]),
  ];
  return [id, name, counted(steps, 'step'), counted(groups, 'group'), notes.join(', ')];
}
