/** `osdkit image import`. */
import { imageImport, type ImportedImage } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given, integer } from '../option-values.ts';
import { formatBytes } from '../quantities.ts';
import { changeLines } from '../render-changes.ts';
import { table } from '../table.ts';

export const imageImportCommand = defineCommand({
  useCase: imageImport,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file; for an upgrade package the folder of the unpacked Windows media')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--kind <kind>', 'boot-image, operating-system, upgrade-package (default: as the file says)')
      .option('--name <name>', 'name of the object (default: name of the only image, else of the file)')
      .option('--index <n>', 'Windows PE of a boot image with several (default: its boot index)', integer)
      .option('--reference', 'keep hash and path only, take no copy into the content library')
      .option('--plan', 'show what would be written and write nothing'),
  input: ([file], options) => ({ file, ...given(options) }),
  examples: [
    ['osdkit image import winpe.wim --site contoso --name "PE x64"', 'a boot image with a new id'],
    ['osdkit image import install.wim --site contoso --plan', 'what would be written'],
    ['osdkit image import win11/ --kind upgrade-package', 'an upgrade package from unpacked media'],
  ],
  render,
});

function render(result: ImportedImage): string {
  const { kind, id, name, content, copied, architecture, version, language, images, planned } = result;
  return [
    `${kind} ${id} ${name}${planned ? '' : ' imported'}`,
    ...table([
      ['Size', `${formatBytes(content.size)} (${content.size} bytes)`],
      ['SHA-256', content.sha256],
      ['Content', copied ? 'copy in the content library' : `stays at ${content.source ?? ''}`],
      ...[
        ['Architecture', architecture],
        ['Version', version],
        ['Language', language],
      ].flatMap(([title, value]) => (title && value ? [[title, value]] : [])),
      ...images.map((image) => [`Image ${image.index}`, [image.name, image.edition].filter(Boolean).join(', ')]),
    ]),
    ...changeLines(result),
  ].join('\n');
}
