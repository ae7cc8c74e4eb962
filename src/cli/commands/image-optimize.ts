/** `osdkit image optimize`. */
import { imageOptimize } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { renderRewritten } from '../render-rewritten.ts';

export const imageOptimizeCommand = defineCommand({
  useCase: imageOptimize,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file')
      .requiredOption('--output <x.wim>', 'file to write; the original stays')
      .option('--check', 'write an integrity table (default: as the original)')
      .option('--force', 'replace an existing output once the new one is whole'),
  input: ([file], options) => ({ file, ...given(options) }),
  examples: [['osdkit image optimize boot.wim --output small.wim', 'what many updates left behind goes']],
  render: renderRewritten,
});
