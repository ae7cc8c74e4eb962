/** `osdkit task-sequence move`. */
import { taskSequenceMove } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const taskSequenceMoveCommand = defineCommand({
  useCase: taskSequenceMove,
  declare: (command) =>
    declareSite(
      command
        .argument('<sequence>', 'name or id of the task sequence')
        .argument('<folder>', 'folder below task-sequences, / between names; / alone is the top'),
    ),
  input: ([sequence, folder], options) => ({ sequence, folder, ...given(options) }),
  examples: [
    ['osdkit task-sequence move "Install Windows 11" clients/pilot', 'id and deployments stay as they are'],
    ['osdkit task-sequence move ABC00010 /', 'to the top'],
  ],
  render: ({ sequence, from, ...changed }) =>
    renderChange(
      `${changed.planned ? 'Would move' : 'Moved'} ${sequence.name} from ${from} to ${sequence.file}`,
      changed,
    ),
});
