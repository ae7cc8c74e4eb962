/** `osdkit content add`. */
import { contentAdd } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { counted, formatBytes } from '../quantities.ts';

export const contentAddCommand = defineCommand({
  useCase: contentAdd,
  declare: (command) =>
    command
      .argument('<paths...>', 'files, and folders with all that is in them')
      .option('--site <dir>', 'folder of the site (default: .)'),
  input: (paths, { site }) => ({ paths, site }),
  examples: [
    ['osdkit content add tools.zip --site contoso', 'prints the lines for `content:` of an object'],
    ['osdkit content add drivers/', 'a folder: each file once, and a listing that stands for the folder'],
  ],
  render: ({ contents, library }) =>
    [
      ...contents.flatMap(({ path, kind, sha256, size, files, known }) => [
        `${path}: ${formatBytes(size)}${kind === 'folder' ? `, ${counted(files, 'file')}` : ''}${known ? ', was there already' : ''}`,
        '  content:',
        `    sha256: ${sha256}`,
        `    size: ${size}`,
      ]),
      `in ${library}`,
    ].join('\n'),
});
