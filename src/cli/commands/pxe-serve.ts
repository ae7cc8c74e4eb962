/** `osdkit pxe serve`. */
import { pxeServe } from '../../app/index.ts';
import { integer } from '../option-values.ts';
import { defineServeCommand } from '../serve-options.ts';

export const pxeServeCommand = defineServeCommand({
  useCase: pxeServe,
  declare: (command) =>
    command
      .option('--boot-image <boot.wim>', 'without a site: every computer that asks boots this image, for an hour')
      .option('--index <n>', 'image in the WIM (default: its boot index, else the only Windows PE)', integer)
      .option('--dhcp-range <first-last>', 'give addresses, too: only for a network without a DHCP server')
      .option('--site <dir>', 'what the site says, as osdkit serve does')
      .option('--point <name>', 'distribution point that this computer is, where the site has several'),
  examples: [
    ['osdkit pxe serve --boot-image winpe.wim', 'one image and a cable: every PC that boots from the network gets it'],
    ['osdkit pxe serve --boot-image winpe.wim --interface eth1 --for 8h', 'on one interface, for a working day'],
    [
      'osdkit pxe serve --boot-image winpe.wim --interface eth1 --dhcp-range 10.9.0.100-10.9.0.199',
      'with a cable from PC to PC, where nobody else gives addresses',
    ],
    [
      'osdkit pxe serve --boot-image winpe.wim --address 127.0.0.1 --dhcp-port 6767 --boot-server-port 6411 --tftp-port 6969 --http-port 8080',
      'without root, to try it with curl',
    ],
    ['osdkit pxe serve --site contoso', 'network boot of a site'],
  ],
});
