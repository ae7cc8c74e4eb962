/** `osdkit task-sequence disable`. */
import { taskSequenceDisable } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const taskSequenceDisableCommand = defineCommand({
  useCase: taskSequenceDisable,
  declare: (command) => declareSite(command.argument('<sequence>', 'name or id of the task sequence')),
  input: ([sequence], options) => ({ sequence, ...given(options) }),
  examples: [['osdkit task-sequence disable "Install Windows 11"', 'it stays deployed and runs on no computer']],
  render: (changed) =>
    renderChange(`${changed.planned ? 'Would disable' : 'Disabled'} ${changed.sequence.name}`, changed),
});
