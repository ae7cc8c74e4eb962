/** `osdkit media verify`. */
import { mediaVerify, type MediaVerification } from '../../app/index.ts';
import { exitCode } from '../../core/index.ts';
import { defineCommand } from '../command.ts';
import { problemText } from '../error-text.ts';
import { formatBytes } from '../quantities.ts';

export const mediaVerifyCommand = defineCommand({
  useCase: mediaVerify,
  declare: (command) => command.argument('<boot.iso>', 'image file, or stick'),
  input: ([file]) => ({ file }),
  examples: [['osdkit media verify boot.iso', 'ends with code 5 when anything differs, and names it']],
  render(result: MediaVerification) {
    const verdict = result.sound ? 'is whole' : 'is DAMAGED or was changed';
    return [
      `${result.file} ${verdict}: ${result.files} files, ${formatBytes(result.bytes)}, media id ${result.mediaId}`,
      ...result.problems.map(problemText),
    ].join('\n');
  },
  exitCode: (result) => (result.sound ? exitCode.done : exitCode.verification),
});
