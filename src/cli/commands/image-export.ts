/** `osdkit image export`. */
import { imageExport } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given, indexOrNone, integers } from '../option-values.ts';
import { renderRewritten } from '../render-rewritten.ts';

export const imageExportCommand = defineCommand({
  useCase: imageExport,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file, or part 1 of a split set with the others beside it')
      .requiredOption('--output <x.wim>', 'file to write')
      .option(
        '--index <n>',
        'image to copy, may be repeated; their order is that of the new WIM (default: all)',
        integers,
      )
      .option('--compress <form>', 'none, xpress or lzx (default: as it is)')
      .option('--boot <n>', 'bootable image of the new WIM, 0 for none (default: the same image)', indexOrNone)
      .option('--check', 'write an integrity table (default: as the original)')
      .option('--force', 'replace an existing output once the new one is whole'),
  input: ([file], options) => ({ file, ...given(options) }),
  examples: [
    ['osdkit image export install.wim --index 6 --output pro.wim', 'one edition, its data copied as it is'],
    ['osdkit image export boot.wim --compress none --output boot-stored.wim', 'decoded once, read fast afterwards'],
  ],
  render: renderRewritten,
});
