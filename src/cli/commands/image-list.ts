/** `osdkit image list`. */
import { imageList, type ImageListing } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { integer } from '../option-values.ts';
import { table } from '../table.ts';

export const imageListCommand = defineCommand({
  useCase: imageList,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file')
      .option('--index <n>', 'image in the WIM (default: the only one)', integer),
  input: ([file], { index }) => ({ file, index }),
  examples: [
    ['osdkit image list boot.wim --index 1', 'path and size of every file'],
    ['osdkit image list boot.wim --json', 'the same for programs'],
  ],
  render: ({ entries, missing, skipped }: ImageListing) =>
    [
      ...table(entries.map(({ path, kind, size }) => [kind === 'file' ? String(size) : '<DIR>', path])),
      ...missing.map(({ path, sha1 }) => `  missing: ${path} (its data, SHA-1 ${sha1}, is not in the file)`),
      ...skipped.map(({ path, what }) => `  not shown: ${path} (${what})`),
    ].join('\n'),
});
