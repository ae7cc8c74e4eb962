/** `osdkit deployment remove`. */
import { deploymentRemove } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { changeLines } from '../render-changes.ts';

export const deploymentRemoveCommand = defineCommand({
  useCase: deploymentRemove,
  declare: (command) =>
    command
      .argument('<deployment>', 'id or name')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--plan', 'show what would be written and write nothing'),
  input: ([deployment], { site, plan }) => ({ deployment, site, plan }),
  examples: [['osdkit deployment remove ABC20001 --plan', 'the file that would go']],
  render: (result) =>
    [...changeLines(result), `${result.id} ${result.name} ${result.planned ? 'would be' : 'is'} removed`].join('\n'),
});
