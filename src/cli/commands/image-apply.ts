/** `osdkit image apply`. */
import { imageApply, type AppliedImage } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given, integer } from '../option-values.ts';

export const imageApplyCommand = defineCommand({
  useCase: imageApply,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file, or part 1 of a split set with the others beside it')
      .argument('<dir>', 'folder to make; one that is there must be empty')
      .option('--index <n>', 'image in the WIM (default: the only one)', integer)
      .option('--unix-data', 'set the modes that wimlib or --unix-data kept'),
  input: ([file, folder], options) => ({ file, folder, ...given(options) }),
  examples: [
    ['osdkit image apply install.wim target --index 1', 'with hard links, symbolic links and times'],
    ['osdkit image apply backup.wim restored --unix-data', 'with the modes that were kept'],
  ],
  render: (result: AppliedImage) =>
    [
      `${result.files} files in ${result.directories} folders written to ${result.folder}`,
      ...(result.hardLinks + result.links === 0
        ? []
        : [`  and ${result.hardLinks} hard links, ${result.links} symbolic links`]),
      ...Object.entries(result.lost).map(([what, count]) => `  not held here: ${what} of ${count} names`),
      ...result.leftOut.map(({ path, why }) => `  left out: ${path} (${why})`),
    ].join('\n'),
});
