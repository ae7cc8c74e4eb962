/** `osdkit image create-iso`. */
import { imageCreateIso, type CreatedIso } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const imageCreateIsoCommand = defineCommand({
  useCase: imageCreateIso,
  declare: (command) =>
    command
      .argument('<dir>', 'folder whose files the image holds')
      .requiredOption('--output <x.iso>', 'image file to write')
      .option('--label <label>', 'volume label, up to 11 of A-Z 0-9 _ - (default: OSDKIT)')
      .option('--layout <layout>', 'mbr boots everywhere; gpt is for sticks that people edit (default: mbr)')
      .option('--force', 'replace an existing output once the new one is whole and verified')
      .option('--plan', 'show what would be written and write nothing'),
  input: ([folder], options) => ({ folder, ...given(options) }),
  examples: [
    ['osdkit image create-iso media --output media.iso', 'EFI/BOOT/BOOT*.EFI and bootmgr make it bootable'],
    ['osdkit image create-iso media --output media.iso --plan', 'what would be written'],
  ],
  render,
});

function render(result: CreatedIso): string {
  const boots = [...(result.boots.uefi ? ['UEFI'] : []), ...(result.boots.bios ? ['BIOS'] : [])];
  return [
    result.planned ? `Plan for ${result.output} (nothing was written)` : `${result.output} is written and verified`,
    ...table([
      ['Files', String(result.files)],
      ['Size', `${formatBytes(result.size)} (${result.size} bytes)`],
      ['Boots under', boots.join(', ') || 'nothing: no EFI/BOOT/BOOT*.EFI, no bootmgr'],
      ...(result.sha256 === undefined ? [] : [['SHA-256', result.sha256]]),
    ]),
    ...result.warnings.map((warning) => `  ${warning}`),
    ...(result.planned
      ? table(result.regions.map(({ offset, size, purpose }) => [`0x${offset.toString(16)}`, String(size), purpose]))
      : []),
  ].join('\n');
}
