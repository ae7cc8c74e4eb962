/** `osdkit task-sequence edit disable`. */
import { taskSequenceEditDisable } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite, itemArgument } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditDisableCommand = defineCommand({
  useCase: taskSequenceEditDisable,
  declare: (command) =>
    declareSite(command.argument('<sequence>', 'name or id of the task sequence').argument(...itemArgument)),
  input: ([sequence, item], options) => ({ sequence, item, ...given(options) }),
  examples: [['osdkit task-sequence edit disable "Install Windows 11" "Install Updates"', 'it stays and does not run']],
  render: (edited) => renderEdit(edited.planned ? 'Would disable' : 'Disabled', edited),
});
