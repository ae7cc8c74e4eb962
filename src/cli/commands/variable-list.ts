/** `osdkit variable list`. */
import { variableList } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { table } from '../table.ts';

export const variableListCommand = defineCommand({
  useCase: variableList,
  declare: (command) =>
    command
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--device <name>', 'the device that has them')
      .option('--collection <name>', 'the collection that has them'),
  input: (_, { site, device, collection }) => ({ site, device, collection }),
  examples: [['osdkit variable list --collection Berlin', 'hidden values are dots']],
  render: ({ owner, variables }) =>
    [
      `${owner.kind} ${owner.name}: ${variables.length} variable${variables.length === 1 ? '' : 's'}`,
      ...table(variables.map(({ name, value }) => [name, value])),
    ].join('\n'),
});
