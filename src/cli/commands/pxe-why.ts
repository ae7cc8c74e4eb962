/** `osdkit pxe why`. */
import { type BootWhy, pxeWhy } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { printable } from '../printable.ts';
import { table } from '../table.ts';

export const pxeWhyCommand = defineCommand({
  useCase: pxeWhy,
  declare: (command) =>
    command
      .argument('<computer>', 'name of a device, MAC address or SMBIOS GUID')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--point <name>', 'distribution point (default: the one that answers PXE)')
      .option('--architecture <cpu>', 'x64, x86, arm64 (default: as it asked last, else its record, else x64)')
      .option('--firmware <kind>', 'bios, uefi, http, ipxe (default: as it asked last, else uefi)'),
  input: ([computer], options) => ({
    ...given(options),
    computer,
    now: new Date().toISOString(),
  }),
  examples: [
    ['osdkit pxe why PC1', 'what PC1 boots now, by which identifier it is known, and what it was told last'],
    ['osdkit pxe why 00:15:5D:01:02:03 --firmware http --architecture arm64', 'as if such a firmware asked'],
    ['osdkit pxe why 4C4C4544-0042-3510-8054-B4C04F583432 --json', 'for programs'],
  ],
  render,
});

const FIRMWARE: Readonly<Record<string, string>> = {
  bios: 'BIOS',
  uefi: 'UEFI PXE',
  uefiHttp: 'UEFI HTTP Boot',
  ipxe: 'iPXE',
};
const named = (firmware: string): string => FIRMWARE[firmware] ?? firmware;

const asked = (firmware: string, architecture: string): string =>
  named(firmware) === architecture ? architecture : `${named(firmware)}, ${architecture}`;

function render(why: BootWhy): string {
  const { computer, mac, guid, point, identity, firmware, architecture, code, reason, text, bootImage, last } = why;
  return [
    `${computer}: ${reason} [${code}]`,
    `  ${text}`,
    ...table([
      ['identity', `${identity}${mac === null ? '' : `, MAC ${mac}`}${guid === null ? '' : `, GUID ${guid}`}`],
      ['asks as', asked(firmware, architecture)],
      ['point', point],
      ...(why.deployment
        ? [['deployment', `${why.deployment.id} ${why.deployment.name} (${why.deployment.purpose})`]]
        : []),
      ...(why.taskSequence === null ? [] : [['task sequence', why.taskSequence]]),
      ...(bootImage ? [['boot image', `${bootImage.id} ${bootImage.name} (${bootImage.architecture})`]] : []),
      ...(bootImage?.note == null ? [] : [['', bootImage.note]]),
    ]),
    '',
    'Each firmware would get',
    ...table(why.loaders.map((each) => [named(each.firmware), each.architecture, gets(each)])),
    ...stateLines(why),
    '',
    ...(last === null
      ? ['It never asked this server, or that was forgotten']
      : [
          `It asked last at ${last.at} as ${asked(last.firmware, printable(last.architecture))}`,
          `  ${printable(last.text)} [${last.code}]`,
          ...(last.delivered === null ? [] : [`  the boot image was delivered at ${last.delivered}`]),
        ]),
    ...(why.deployments.length === 0 ? [] : ['', 'Deployments']),
    ...why.deployments.flatMap(({ id, name, offered, reasons }) => [
      `  ${id} ${name}: ${offered ? 'offered' : 'not offered'}`,
      ...reasons.flatMap(({ holds, text }) => (holds ? [] : [`    ${text}`])),
    ]),
  ].join('\n');
}

function gets({ file, menu, silence, code }: BootWhy['loaders'][number]): string {
  return file === null ? `nothing: ${silence ?? code}` : menu ? `${file}, behind a menu` : file;
}

function stateLines({ state: { delivered, tries, start, approval } }: BootWhy): string[] {
  const lines = [
    ...delivered.map(({ deployment, at }) => `delivered ${deployment} at ${at}`),
    ...(tries.length === 0
      ? []
      : [
          `offered ${tries.length === 1 ? 'once' : `${tries.length} times`} within an hour, last at ${tries.at(-1)?.at ?? ''}`,
        ]),
    ...(start === null
      ? []
      : [`${start.by} let ${start.deployment ?? 'what is available'} start until ${start.expires}`]),
    ...(approval === null ? [] : [`${approval.by} approved it at ${approval.at}`]),
  ];
  return lines.length === 0 ? [] : ['', 'State', ...lines.map((line) => `  ${line}`)];
}
