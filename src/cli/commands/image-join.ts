/** `osdkit image join`. */
import { imageJoin } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given, indexOrNone } from '../option-values.ts';
import { renderRewritten } from '../render-rewritten.ts';

export const imageJoinCommand = defineCommand({
  useCase: imageJoin,
  declare: (command) =>
    command
      .argument('<part.swm...>', 'part 1 (the others are found beside it as x2.swm, x3.swm), or every part')
      .requiredOption('--output <x.wim>', 'file to write')
      .option('--boot <n>', 'bootable image, 0 for none (parts do not tell; default: none)', indexOrNone)
      .option('--check', 'write an integrity table (default: as the parts)')
      .option('--force', 'replace an existing output once the new one is whole'),
  input: (files, options) => ({ files, ...given(options) }),
  examples: [
    ['osdkit image join install.swm --output install.wim', 'install2.swm and so on lie beside it'],
    ['osdkit image join a.swm b.swm --output install.wim', 'parts under other names'],
  ],
  render: renderRewritten,
});
