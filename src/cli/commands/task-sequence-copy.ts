/** `osdkit task-sequence copy`. */
import { taskSequenceCopy } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const taskSequenceCopyCommand = defineCommand({
  useCase: taskSequenceCopy,
  declare: (command) =>
    declareSite(command.argument('<sequence>', 'name or id of the task sequence')).option(
      '--name <name>',
      'name of the copy (default: NAME - copy)',
    ),
  input: ([sequence], options) => ({ sequence, ...given(options) }),
  examples: [
    ['osdkit task-sequence copy "Install Windows 11" --name "Install Windows 11 (pilot)"', 'in the same folder'],
  ],
  render: ({ sequence, copy, ...changed }) =>
    renderChange(`${changed.planned ? 'Would copy' : 'Copied'} ${sequence.name} to ${copy.name} (${copy.id})`, changed),
});
