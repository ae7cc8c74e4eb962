/** `osdkit image capture`. */
import { imageCapture, type CapturedFolder } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const imageCaptureCommand = defineCommand({
  useCase: imageCapture,
  declare: (command) =>
    command
      .argument('<dir>', 'folder to capture')
      .option('--output <x.wim>', 'file to write')
      .option('--append-to <x.wim>', 'WIM that gets the folder as one image more, in place')
      .option('--name <name>', 'of the image (default: the name of the folder)')
      .option('--description <text>', 'of the image')
      .option('--compress <form>', 'none, xpress or lzx (default: lzx; appended: as the WIM is)')
      .option('--boot', 'make it the bootable image')
      .option('--check', 'write an integrity table')
      .option('--unix-data', 'keep owners and modes, as wimlib does; Windows passes over them')
      .option('--time <time>', 'time of the image, ISO 8601 (default: a fixed one)')
      .option('--force', 'replace an existing output once the new one is whole'),
  input: ([folder], options) => ({ folder, ...given(options) }),
  examples: [
    ['osdkit image capture pe --output boot.wim --name "Windows PE" --boot', 'compressed with LZX'],
    ['osdkit image capture data --output data.wim --compress none', 'stored: larger, quicker'],
    [
      'osdkit image capture tools --append-to boot.wim --name Tools',
      'a further image; files that boot.wim has are shared',
    ],
  ],
  render: (result: CapturedFolder) =>
    [
      result.index === 1 ? `${result.output} is written` : `${result.output} holds it as image ${result.index}`,
      ...table([
        ['Files', `${result.fileCount} in ${result.dirCount} folders, ${formatBytes(result.totalBytes)}`],
        ['Size', `${formatBytes(result.size)} (${result.size} bytes)`],
        ...(result.shared === 0 ? [] : [['Same content', `${result.shared} files`]]),
      ]),
      ...(result.executable === 0
        ? []
        : [`  not held: modes, ${result.executable} files are executable (--unix-data)`]),
      ...result.leftOut.map(({ path, why }) => `  left out: ${path} (${why})`),
    ].join('\n'),
});
