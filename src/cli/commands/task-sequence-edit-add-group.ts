/** `osdkit task-sequence edit add-group`. */
import { taskSequenceEditAddGroup } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareCommonOptions, declarePlacement, declareSite } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditAddGroupCommand = defineCommand({
  useCase: taskSequenceEditAddGroup,
  declare: (command) =>
    declareCommonOptions(
      declarePlacement(
        declareSite(
          command.argument('<sequence>', 'name or id of the task sequence').argument('<name>', 'name of the group'),
        ),
        'the end of the sequence',
      ),
    ).option('--disabled', 'add it disabled'),
  input: ([sequence, name], options) => ({ sequence, name, ...given(options) }),
  examples: [
    [
      'osdkit task-sequence edit add-group "Install Windows 11" Drivers --before "Setup Operating System"',
      'an empty group; `edit add --into Drivers` fills it',
    ],
    ['osdkit task-sequence edit add-group ABC00010 Drivers --into 2 --first --continue-on-error', 'inside group 2'],
  ],
  render: (edited) => renderEdit(edited.planned ? 'Would add' : 'Added', edited),
});
