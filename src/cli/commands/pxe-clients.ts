/** `osdkit pxe clients`. */
import { type ListedClient, pxeClients } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { integer } from '../option-values.ts';
import { printable } from '../printable.ts';
import { table } from '../table.ts';

export const pxeClientsCommand = defineCommand({
  useCase: pxeClients,
  declare: (command) =>
    command
      .option('--waiting', 'unknown computers that wait for osdkit pxe approve')
      .option('--unknown', 'computers that the site has no record of')
      .option('--most <count>', 'at most so many, the newest first (default: 100)', integer)
      .option('--site <dir>', 'folder of the site (default: .)'),
  input: (_positional, { waiting, unknown, most, site }) => ({ waiting, unknown, most, site }),
  examples: [
    ['osdkit pxe clients', 'who asked, when, and what each was told'],
    ['osdkit pxe clients --waiting --json', 'those that wait for approval, for programs'],
  ],
  render,
});

function render(clients: readonly ListedClient[]): string {
  if (clients.length === 0) return 'no such computer asked';
  return table(
    clients.map(({ lastSeen, mac, guid, address, architecture, identity, code, deployment }) => [
      lastSeen,
      mac ?? guid ?? '',
      address ?? '',
      printable(architecture),
      printable(identity),
      deployment === null ? code : `${code} ${deployment}`,
    ]),
  ).join('\n');
}
