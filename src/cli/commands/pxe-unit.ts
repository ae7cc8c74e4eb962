/** `osdkit pxe unit`. */
import process from 'node:process';
import { pxeUnit } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';

export const pxeUnitCommand = defineCommand({
  useCase: pxeUnit,
  declare: (command) =>
    command
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--user <name>', 'user that it runs as (default: osdkit)')
      .argument('[words...]', 'options of osdkit serve, behind --'),
  input: (positional, options) => ({
    ...given(options),
    words: positional,
    node: process.execPath,
    program: process.argv[1] ?? '',
  }),
  examples: [
    ['osdkit pxe unit --site /srv/contoso > /etc/systemd/system/osdkit.service', 'then systemctl enable --now osdkit'],
    ['osdkit pxe unit --site /srv/contoso -- --interface eth1', 'with options of osdkit serve'],
  ],
  render: ({ text }) => text.trimEnd(),
});
