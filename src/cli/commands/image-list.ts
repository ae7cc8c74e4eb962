/** `osdkit image list`. */
import { imageList, type ImageListing } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { integer } from '../option-values.ts';
import { table } from '../table.ts';

export const imageListCommand = defineCommand({
  useCase: imageList,
  declare: (command) =>
    command
      .argument('<file>', 'WIM file, ISO, UDF or FAT image, image of a stick')
      .option('--index <n>', 'image in the WIM (default: the only one)', integer)
      .option(
        '--view <name>',
        'file system in the image: udf, rock-ridge, joliet, iso, fat, ... (default: the fullest)',
      )
      .option('--inside <path>', 'WIM file inside the disc image'),
  input: ([file], { index, view, inside }) => ({ file, index, view, inside }),
  examples: [
    ['osdkit image list boot.wim --index 1', 'path and size of every file'],
    ['osdkit image list stick.img --view fat', 'what the FAT volume of a stick shows'],
    ['osdkit image list boot.wim --json', 'the same for programs'],
    ['osdkit image list windows.iso --inside sources/boot.wim --index 1', 'files of a WIM on a disc, where it lies'],
  ],
  render: ({ entries, missing, skipped, view, views }: ImageListing) =>
    [
      ...table(entries.map(({ path, kind, size }) => [kind === 'file' ? String(size) : '<DIR>', path])),
      ...(views.length > 1 ? [`  the ${view} view; the image holds ${views.join(', ')}`] : []),
      ...missing.map(({ path, sha1 }) => `  missing: ${path} (its data, SHA-1 ${sha1}, is not in the file)`),
      ...skipped.map(({ path, what }) => `  not shown: ${path} (${what})`),
    ].join('\n'),
});
