/** `osdkit serve`. */
import { serve } from '../../app/index.ts';
import { defineServeCommand } from '../serve-options.ts';

export const serveCommand = defineServeCommand({
  useCase: serve,
  declare: (command) =>
    command
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--point <name>', 'distribution point that this computer is, where the site has several'),
  examples: [
    ['osdkit serve --site contoso', 'answers network boot on all interfaces, beside the DHCP server that is there'],
    [
      'osdkit serve --site contoso --interface eth1 --log /var/log/osdkit.jsonl --operation-port 9100',
      'on one interface, with a log and metrics',
    ],
    [
      'osdkit serve --site contoso --point Branch --cmtrace osdkit.log',
      'as one of several points; changed files of the site are taken over while it runs, and SIGHUP asks for it',
    ],
  ],
});
