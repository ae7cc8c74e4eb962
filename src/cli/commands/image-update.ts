/** `osdkit image update`. */
import { imageUpdate, type UpdatedImage } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { collect, given, indexOrNone, integer } from '../option-values.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const imageUpdateCommand = defineCommand({
  useCase: imageUpdate,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file')
      .option('--index <n>', 'image in the WIM (default: the only one)', integer)
      .option(
        '--add <source=path>',
        'file or folder to put at a path of the image where nothing is; repeatable',
        collect,
      )
      .option('--put <source=path>', 'the same, replacing files that are there; repeatable', collect)
      .option('--delete <path>', 'file or folder of the image; repeatable', collect)
      .option('--rename <path=new>', 'file or folder of the image and its new path; repeatable', collect)
      .option('--boot <n>', 'make this image the bootable one, 0 for none', indexOrNone)
      .option('--compress <form>', 'same: new data as the WIM is; none: stored, larger and quicker (default: same)')
      .option('--time <time>', 'time of new files, ISO 8601 (default: a fixed one)')
      .option('--output <x.wim>', 'write a changed copy (default: change the file itself)')
      .option('--force', 'replace an existing output once the new one is whole'),
  input: ([file], options) => ({ file, ...given(options) }),
  examples: [
    ['osdkit image update boot.wim --index 1 --put startnet.cmd=Windows/System32/startnet.cmd', 'one file, in place'],
    ['osdkit image update boot.wim --add tools=Tools --delete sources --output new.wim', 'a folder, into a copy'],
    ['osdkit image update install.wim --index 1 --rename a.txt=docs/b.txt', 'another name and place'],
  ],
  render: (result: UpdatedImage) =>
    [
      `${result.output}: image ${result.index} has ${result.changes} changes`,
      ...table([
        ['New data', `${result.addedBlobs} files, ${formatBytes(result.addedBytes)}`],
        ...(result.sharedBlobs === 0 ? [] : [['There already', `${result.sharedBlobs} files`]]),
        ...(result.droppedBlobs === 0
          ? []
          : [
              [
                'Unused now',
                `${result.droppedBlobs} files, ${formatBytes(result.droppedBytes)}: image optimize drops them`,
              ],
            ]),
      ]),
      ...result.leftOut.map((path) => `  left out: ${path} (an empty folder)`),
    ].join('\n'),
});
