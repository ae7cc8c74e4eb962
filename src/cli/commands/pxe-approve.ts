/** `osdkit pxe approve`. */
import { type ApprovedComputer, pxeApprove } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { currentUser } from '../current-user.ts';

export const pxeApproveCommand = defineCommand({
  useCase: pxeApprove,
  declare: (command) =>
    command
      .argument('<computer>', 'MAC address or SMBIOS GUID of an unknown computer')
      .option('--revoke', 'take the approval back')
      .option('--site <dir>', 'folder of the site (default: .)'),
  input: ([computer], { revoke, site }) => ({
    computer,
    revoke,
    site,
    who: currentUser(),
    now: new Date().toISOString(),
  }),
  examples: [
    ['osdkit pxe approve 00:15:5D:01:02:03', 'it starts at its next network boot, without a key press, once'],
    ['osdkit pxe approve 00:15:5D:01:02:03 --revoke', 'it waits again; osdkit pxe clients --waiting lists who does'],
  ],
  render: ({ computer, approved, revoked }: ApprovedComputer) =>
    approved
      ? `${computer} is approved`
      : revoked === 0
        ? `${computer} was not approved`
        : `${computer} is not approved any more`,
});
