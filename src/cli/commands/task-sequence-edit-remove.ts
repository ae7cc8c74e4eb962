/** `osdkit task-sequence edit remove`. */
import { taskSequenceEditRemove } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite, itemArgument } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditRemoveCommand = defineCommand({
  useCase: taskSequenceEditRemove,
  declare: (command) =>
    declareSite(command.argument('<sequence>', 'name or id of the task sequence').argument(...itemArgument)),
  input: ([sequence, item], options) => ({ sequence, item, ...given(options) }),
  examples: [
    ['osdkit task-sequence edit remove "Install Windows 11" "Install Updates"', 'by name'],
    ['osdkit task-sequence edit remove ABC00010 3 --plan', 'a group by its place: tells how many steps go with it'],
  ],
  render: (edited) => renderEdit(edited.planned ? 'Would remove' : 'Removed', edited),
});
