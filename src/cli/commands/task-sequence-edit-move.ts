/** `osdkit task-sequence edit move`. */
import { taskSequenceEditMove } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite, itemArgument } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditMoveCommand = defineCommand({
  useCase: taskSequenceEditMove,
  declare: (command) =>
    declareSite(command.argument('<sequence>', 'name or id of the task sequence').argument(...itemArgument))
      .option('--up', 'by one, within its group')
      .option('--down', 'by one, within its group')
      .option('--into <group>', 'into this group, as its last')
      .option('--top', 'out of all groups, to the end of the sequence')
      .option('--first', 'with --into or --top: as the first')
      .option('--before <item>', 'before this group or step')
      .option('--after <item>', 'after this group or step'),
  input: ([sequence, item], options) => ({ sequence, item, ...given(options) }),
  examples: [
    ['osdkit task-sequence edit move "Install Windows 11" "Install Updates" --up', 'by one'],
    [
      'osdkit task-sequence edit move ABC00010 2.1 --into "State Restore"',
      'into a group; a group takes its steps along',
    ],
  ],
  render: (edited) => renderEdit(edited.planned ? 'Would be' : 'Now', edited),
});
