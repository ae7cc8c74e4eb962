/** `osdkit pxe start`. */
import { pxeStart, type StartedComputer } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { currentUser } from '../current-user.ts';
import { given } from '../option-values.ts';

export const pxeStartCommand = defineCommand({
  useCase: pxeStart,
  declare: (command) =>
    command
      .argument('<computer>', 'name of a device, MAC address or SMBIOS GUID')
      .option('--deployment <name>', 'id or name (default: the one that wins when it asks)')
      .option('--for <duration>', 'how long it may wait: 4h, 90m (default: 4h)')
      .option('--site <dir>', 'folder of the site (default: .)'),
  input: ([computer], options) => ({
    ...given(options),
    computer,
    who: currentUser(),
    now: new Date().toISOString(),
  }),
  examples: [
    ['osdkit pxe start PC1', 'at its next network boot PC1 starts what is available, without a prompt, once'],
    ['osdkit pxe start 00:15:5D:01:02:03 --deployment ABC20002 --for 30m', 'this deployment, within half an hour'],
  ],
  render,
});

function render({ computer, deployment, expires }: StartedComputer): string {
  const what = deployment === null ? 'what is available' : `${deployment.id} ${deployment.name}`;
  return `${computer} starts ${what} at its next network boot, once, until ${expires}`;
}
