/** `osdkit image extract`. */
import { imageExtract, type ImageExtraction } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { integer } from '../option-values.ts';

export const imageExtractCommand = defineCommand({
  useCase: imageExtract,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file')
      .argument('[paths...]', 'files or folders inside the image (default: all)')
      .requiredOption('--output <dir>', 'folder to write into; existing files are never overwritten')
      .option('--index <n>', 'image in the WIM (default: the only one)', integer),
  input: ([file, ...paths], { index, output }) => ({ file, paths, index, output }),
  examples: [
    ['osdkit image extract boot.wim --index 1 --output pe', 'the whole image'],
    ['osdkit image extract boot.wim Windows/Boot --output bootfiles', 'one folder of it'],
  ],
  render: ({ files, output, withoutFiles, skipped }: ImageExtraction) =>
    [
      `${files} files written to ${output}`,
      ...withoutFiles.map((path) => `  ${path} is a folder without files: only the folder was made`),
      ...skipped.map(({ path, what }) => `  left out: ${path} (${what} cannot be written here)`),
    ].join('\n'),
});
