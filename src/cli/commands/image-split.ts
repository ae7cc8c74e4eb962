/** `osdkit image split`. */
import { imageSplit, type SplitImage } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given, integer } from '../option-values.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const imageSplitCommand = defineCommand({
  useCase: imageSplit,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file')
      .requiredOption('--output <x.swm>', 'part 1; the others become x2.swm, x3.swm, ...')
      .option('--size <MiB>', 'largest size of a part (default: 3800, for FAT32)', integer)
      .option('--force', 'replace existing parts once all new ones are whole'),
  input: ([file], options) => ({ file, ...given(options) }),
  examples: [
    ['osdkit image split install.wim --output sources/install.swm', 'for a stick with FAT32'],
    ['osdkit image split install.wim --size 600 --output cd/install.swm', 'parts of up to 600 MiB'],
  ],
  render: ({ parts, oversize }: SplitImage) =>
    [
      `${parts.length} parts are written`,
      ...table(parts.map(({ path, size, blobs }) => [path, formatBytes(size), `${blobs} files`])),
      ...oversize.map((path) => `  ${path} is larger than asked for: one file in it is, and files are not divided`),
    ].join('\n'),
});
