/** `osdkit task-sequence enable`. */
import { taskSequenceEnable } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const taskSequenceEnableCommand = defineCommand({
  useCase: taskSequenceEnable,
  declare: (command) => declareSite(command.argument('<sequence>', 'name or id of the task sequence')),
  input: ([sequence], options) => ({ sequence, ...given(options) }),
  examples: [['osdkit task-sequence enable "Install Windows 11"', 'its deployments take effect again']],
  render: (changed) =>
    renderChange(`${changed.planned ? 'Would enable' : 'Enabled'} ${changed.sequence.name}`, changed),
});
