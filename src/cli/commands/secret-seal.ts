/** `osdkit secret seal`. */
import { secretSeal } from '../../app/index.ts';
import { defineCommand } from '../command.ts';

export const secretSealCommand = defineCommand({
  useCase: secretSeal,
  declare: (command) =>
    command
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--value-file <file>', 'file that holds the secret and nothing else'),
  input: (_, { site, valueFile }) => ({ site, valueFile }),
  async complete(input, ask) {
    const { valueFile } = input as { valueFile?: string };
    return ask && valueFile === undefined ? { ...(input as object), value: await ask('Secret') } : input;
  },
  examples: [
    ['osdkit secret seal --site contoso', 'asks for the secret without echo, prints `!secret ...` for a YAML file'],
    ['osdkit secret seal --site contoso --value-file pw.txt', 'without a terminal'],
  ],
  render: ({ scalar }) => scalar,
});
