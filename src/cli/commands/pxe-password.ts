/** `osdkit pxe password`. */
import { type PxePassword, pxePassword } from '../../app/index.ts';
import { askTwice } from '../ask-twice.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { changeLines } from '../render-changes.ts';

export const pxePasswordCommand = defineCommand({
  useCase: pxePassword,
  declare: (command) =>
    command
      .argument('<point>', 'name of a distribution point')
      .option('--remove', 'ask for none any more')
      .option('--value-file <file>', 'file that holds the password and nothing else')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--plan', 'show what would be written and write nothing'),
  input: ([point], options) => ({ point, ...given(options) }),
  async complete(input, ask) {
    const { valueFile, remove } = input as { valueFile?: string; remove?: boolean };
    if (!ask || valueFile !== undefined || remove === true) return input;
    return { ...(input as object), value: await askTwice(ask, 'PXE password') };
  },
  examples: [
    ['osdkit pxe password DP1', 'asks for it; its point gets what Windows PE compares it with, not the password'],
    ['osdkit pxe password DP1 --remove', 'no password any more'],
  ],
  render,
});

function render(changed: PxePassword): string {
  const { point, removed } = changed;
  const note =
    'Boot images carry what it is compared with; to ask for it is the part of the engine, which is not there yet.';
  return [
    removed ? `${point} asks for no password` : `${point} has a PXE password`,
    ...(removed ? [] : [note]),
    ...changeLines(changed),
  ].join('\n');
}
