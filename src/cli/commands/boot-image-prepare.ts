/** `osdkit boot-image prepare`. */
import { bootImagePrepare, type PreparedBootImage } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { problemText } from '../error-text.ts';
import { given, integer } from '../option-values.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const bootImagePrepareCommand = defineCommand({
  useCase: bootImagePrepare,
  declare: (command) =>
    command
      .argument('<image>', 'WIM file with a Windows PE; with --site name or id of a boot image')
      .option('--site <dir>', 'site whose bootstrap goes into the image')
      .option('--point <name>', 'distribution point that will serve it, where the site has several')
      .option('--output <dir>', 'where prepared images go (default: osdkit-network-boot, of a site its state folder)')
      .option('--index <n>', 'image in the WIM (default: its boot index, else the only Windows PE)', integer)
      .option(
        '--signing-ca <year>',
        'newest, 2011 or 2023: which of two signed loaders (default: newest, or the point)',
      )
      .option('--verify', 'read every byte of an image that is ready; a damaged one is made again'),
  input: ([image], options) => ({ image, ...given(options) }),
  examples: [
    ['osdkit boot-image prepare winpe.wim', 'what it can be served for, and what it lacks'],
    ['osdkit boot-image prepare "PE x64" --site contoso', 'ahead of time: osdkit serve finds it ready'],
    ['osdkit boot-image prepare "PE x64" --site contoso --verify', 'whether the disk kept it'],
  ],
  render,
});

const yes = (can: boolean): string => (can ? 'yes' : 'no');

/** It starts either firmware's way, where the image has that. */
function ipxe(
  { uefi, bios, biosDisc }: PreparedBootImage['prepared']['starts'],
  architecture: PreparedBootImage['prepared']['image']['architecture'],
): string {
  const byBios = bios || biosDisc;
  if (architecture === 'arm64' || uefi === byBios) return yes(uefi);
  return uefi ? 'of UEFI only' : 'of BIOS only';
}

function render({ bootImage, folder, made, prepared }: PreparedBootImage): string {
  const { image, loader, roles, beside, files, starts, problems } = prepared;
  const placeOf = (file: string, offset: number): string =>
    files.some(({ name }) => name === file) && file !== 'boot.iso' ? file : `boot.iso at ${offset}`;
  return [
    `${bootImage} ${made ? 'is ready' : 'was ready'} in ${folder}`,
    ...table([
      ['Image', `${image.index}: ${image.name}, ${[image.architecture, image.version].filter(Boolean).join(' ')}`],
      ...(loader ? [['Secure Boot', loader.boots]] : []),
      ['UEFI PXE', yes(starts.uefi)],
      ['UEFI HTTP', yes(starts.uefiHttp)],
      ['BIOS PXE', yes(starts.bios)],
      ['iPXE', ipxe(starts, image.architecture)],
    ]),
    'Files',
    ...table([
      ...Object.entries(roles).map(([role, { file, offset, size }]) => [
        role,
        formatBytes(size),
        role === 'boot.iso' ? 'boot.iso' : placeOf(file, offset),
      ]),
      ...beside.map(({ path, file, offset, size }) => [path, formatBytes(size), placeOf(file, offset)]),
    ]),
    ...problems.map(problemText),
  ].join('\n');
}
