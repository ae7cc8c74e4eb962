/** `osdkit deployment list`. */
import { deploymentList } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { table } from '../table.ts';

export const deploymentListCommand = defineCommand({
  useCase: deploymentList,
  declare: (command) =>
    command
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--sequence <name>', 'only those of this task sequence')
      .option('--collection <name>', 'only those to this collection'),
  input: (_, { site, sequence, collection }) => ({ site, sequence, collection }),
  examples: [
    ['osdkit deployment list', 'all of them, the strongest first'],
    ['osdkit deployment list --collection Lab --json', 'those to one collection, for programs'],
  ],
  render: (list) =>
    list.length === 0
      ? 'no deployment'
      : table(
          list.map((each) => [
            each.id,
            each.name,
            `${each.sequence} -> ${each.collection}${each.size === null ? '' : ` (${each.size})`}`,
            each.purpose,
            each.availableTo,
            `priority ${each.priority}`,
            [each.enabled ? '' : 'disabled', each.highRisk ? 'high risk' : ''].filter(Boolean).join(', '),
          ]),
        ).join('\n'),
});
