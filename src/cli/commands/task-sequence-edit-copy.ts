/** `osdkit task-sequence edit copy`. */
import { taskSequenceEditCopy } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declarePlacement, declareSite, itemArgument } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditCopyCommand = defineCommand({
  useCase: taskSequenceEditCopy,
  declare: (command) =>
    declarePlacement(
      declareSite(command.argument('<sequence>', 'name or id of the task sequence').argument(...itemArgument)).option(
        '--name <name>',
        'name of the copy (default: the same)',
      ),
      'behind the one copied',
    ),
  input: ([sequence, item], options) => ({ sequence, item, ...given(options) }),
  examples: [
    ['osdkit task-sequence edit copy "Install Windows 11" 2.1 --name "Partition Disk 1"', 'behind the step itself'],
    ['osdkit task-sequence edit copy ABC00010 Drivers --into "State Restore"', 'a group with its steps'],
  ],
  render: (edited) => renderEdit(edited.planned ? 'Would add' : 'Added', edited),
});
