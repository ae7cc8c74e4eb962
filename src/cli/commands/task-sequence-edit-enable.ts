/** `osdkit task-sequence edit enable`. */
import { taskSequenceEditEnable } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite, itemArgument } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditEnableCommand = defineCommand({
  useCase: taskSequenceEditEnable,
  declare: (command) =>
    declareSite(command.argument('<sequence>', 'name or id of the task sequence').argument(...itemArgument)),
  input: ([sequence, item], options) => ({ sequence, item, ...given(options) }),
  examples: [['osdkit task-sequence edit enable "Install Windows 11" "Install Updates"', 'it runs again']],
  render: (edited) => renderEdit(edited.planned ? 'Would enable' : 'Enabled', edited),
});
