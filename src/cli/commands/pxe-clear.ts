/** `osdkit pxe clear`. */
import { type ClearedState, pxeClear } from '../../app/index.ts';
import { defineCommand } from '../command.ts';

export const pxeClearCommand = defineCommand({
  useCase: pxeClear,
  declare: (command) =>
    command
      .argument('[computer]', 'name of a device, MAC address or SMBIOS GUID')
      .option('--collection <name>', 'every device of a collection')
      .option('--site <dir>', 'folder of the site (default: .)'),
  input: ([computer], { collection, site }) => ({ computer, collection, site }),
  examples: [
    ['osdkit pxe clear PC1', 'required deployments are offered to PC1 again'],
    ['osdkit pxe clear --collection "Classroom 4"', 'to every device of the collection'],
  ],
  render,
});

function render({ of, delivered, tries, starts }: ClearedState): string {
  const counts = [
    ...(tries === 0 ? [] : [`${tries} ${tries === 1 ? 'try' : 'tries'}`]),
    ...(starts === 0 ? [] : [`${starts} ${starts === 1 ? 'start' : 'starts'}`]),
  ];
  if (delivered.length === 0 && counts.length === 0) return `${of}: nothing was delivered, so nothing is cleared`;
  return [
    `${of}: ${delivered.length} delivered${counts.length === 0 ? '' : ` and ${counts.join(', ')}`} cleared`,
    ...delivered.map(({ subject, deployment, at }) => `  ${deployment} to ${subject}, ${new Date(at).toISOString()}`),
  ].join('\n');
}
