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
    ['kill -HUP PID', 'takes over changes of the site; it also does so by itself when its files change'],
  ],
});
