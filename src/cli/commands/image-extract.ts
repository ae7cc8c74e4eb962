/** `osdkit image extract`. */
import { imageExtract, type ImageExtraction } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { integer } from '../option-values.ts';

export const imageExtractCommand = defineCommand({
  useCase: imageExtract,
  declare: (command) =>
    command
      .argument('<file>', 'WIM file, ISO, UDF or FAT image, image of a stick')
      .argument('[paths...]', 'files or folders inside the image (default: all)')
      .requiredOption('--output <dir>', 'folder to write into; existing files are never overwritten')
      .option('--index <n>', 'image in the WIM (default: the only one)', integer)
      .option(
        '--view <name>',
        'file system in the image: udf, rock-ridge, joliet, iso, fat, ... (default: the fullest)',
      )
      .option('--inside <path>', 'WIM file inside the disc image'),
  input: ([file, ...paths], { index, view, inside, output }) => ({ file, paths, index, view, inside, output }),
  examples: [
    ['osdkit image extract boot.wim --index 1 --output pe', 'the whole image'],
    ['osdkit image extract boot.wim Windows/Boot --output bootfiles', 'one folder of it'],
    ['osdkit image extract windows.iso sources/boot.wim --output .', 'one file of a disc'],
    [
      'osdkit image extract windows.iso Windows/Boot --inside sources/boot.wim --index 2 --output .',
      'from a WIM on a disc',
    ],
  ],
  render: ({ files, output, withoutFiles, skipped }: ImageExtraction) =>
    [
      `${files} files written to ${output}`,
      ...withoutFiles.map((path) => `  ${path} is a folder without files: only the folder was made`),
      ...skipped.map(({ path, what }) => `  left out: ${path} (${what} cannot be written here)`),
    ].join('\n'),
});
