/** `osdkit variable remove`. */
import { variableRemove } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const variableRemoveCommand = defineCommand({
  useCase: variableRemove,
  declare: (command) =>
    declareSite(command.argument('<names...>', 'names of variables, without case'))
      .option('--device <name>', 'the device that has them')
      .option('--collection <name>', 'the collection that has them'),
  input: (variables, options) => ({ variables, ...given(options) }),
  examples: [['osdkit variable remove OSDTimeZone --collection Berlin', 'members do not get it any more']],
  render: ({ owner, variables, ...changed }) =>
    renderChange(
      `${changed.planned ? 'Would remove' : 'Removed'} ${variables.join(', ')} of ${owner.kind} ${owner.name}`,
      changed,
    ),
});
