/** `osdkit task-sequence distribute`. */
import { taskSequenceDistribute } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { collect, given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const taskSequenceDistributeCommand = defineCommand({
  useCase: taskSequenceDistribute,
  declare: (command) =>
    declareSite(command.argument('<sequence>', 'name or id of the task sequence'))
      .option('--point <name>', 'distribution point; may be repeated', collect)
      .option('--group <name>', 'distribution point group; may be repeated', collect)
      .option('--collection <name>', 'collection that stands for its default group; may be repeated', collect),
  input: ([sequence], options) => ({ sequence, ...given(options) }),
  examples: [
    ['osdkit task-sequence distribute "Install Windows 11" --group Berlin --plan', 'what would be written'],
    ['osdkit task-sequence distribute ABC00010 --point dp1 --collection Lab', 'what is there already is left alone'],
  ],
  render: ({ sequence, added, alreadyThere, ...changed }) =>
    [
      ...added.map(({ name, to }) => `${name}: ${changed.planned ? 'would go' : 'goes'} to ${to.join(', ')}`),
      ...alreadyThere.map(({ name, at }) => `${name}: already there: ${at.join(', ')}`),
      renderChange(`${changed.planned ? 'Would distribute' : 'Distributed'} the content of ${sequence.name}`, changed),
    ].join('\n'),
});
