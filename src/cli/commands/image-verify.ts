/** `osdkit image verify`. */
import { imageVerify, type ImageVerification } from '../../app/index.ts';
import { exitCode } from '../../core/index.ts';
import { defineCommand } from '../command.ts';
import { formatBytes } from '../quantities.ts';

export const imageVerifyCommand = defineCommand({
  useCase: imageVerify,
  declare: (command) =>
    command.argument('<file.wim>', 'WIM file, or one part of a split set: the parts beside it are checked too'),
  input: ([file]) => ({ file }),
  examples: [['osdkit image verify boot.wim', 'ends with code 5 when anything differs, and names it']],
  render: (result: ImageVerification) =>
    [
      `${result.file} ${result.sound ? 'is whole' : 'is DAMAGED'}: ${result.images} images, ${result.blobs} blobs, ${formatBytes(result.bytes)}`,
      ...(result.parts === result.totalParts
        ? []
        : [`  part alone, of ${result.totalParts}: the others are not beside it`]),
      ...result.problems.map(({ message, code }) => `  ${message} [${code}]`),
    ].join('\n'),
  exitCode: (result) => (result.sound ? exitCode.done : exitCode.verification),
});
