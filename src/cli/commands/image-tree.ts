/** `osdkit image tree`. */
import { imageTree, type ImageTree, type TreeLine } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { integer } from '../option-values.ts';
import { table } from '../table.ts';

export const imageTreeCommand = defineCommand({
  useCase: imageTree,
  declare: (command) =>
    command
      .argument('<file.wim>', 'WIM file, or part 1 of a split set with the others beside it')
      .argument('[path]', 'file or folder inside the image (default: all)')
      .option('--index <n>', 'image in the WIM (default: the only one)', integer),
  input: ([file, path], { index }) => ({ file, path, index }),
  examples: [
    ['osdkit image tree boot.wim Windows/System32/drivers --index 1', 'one folder with all below it'],
    ['osdkit image tree install.swm --index 1 --json', 'all that the metadata says, for programs'],
  ],
  render: ({ entries }: ImageTree) => table(entries.map(rowOf)).join('\n'),
});

/** Read-only, hidden, system, directory, archive, sparse, reparse point, compressed, offline, not indexed, encrypted. */
const letters: readonly (readonly [string, number])[] = [
  ['R', 0x1],
  ['H', 0x2],
  ['S', 0x4],
  ['D', 0x10],
  ['A', 0x20],
  ['P', 0x200],
  ['L', 0x400],
  ['C', 0x800],
  ['O', 0x1000],
  ['I', 0x2000],
  ['E', 0x4000],
];

function rowOf(entry: TreeLine): string[] {
  const attributes = letters.map(([letter, bit]) => ((entry.attributes & bit) === 0 ? '' : letter)).join('');
  const notes = [
    ...(entry.target === null ? [] : [`-> ${entry.target}`]),
    ...(entry.reparseTag === null || entry.target !== null ? [] : [`reparse 0x${entry.reparseTag.toString(16)}`]),
    ...(entry.links === 1 ? [] : [`${entry.links} links`]),
    ...(entry.shortName === '' ? [] : [`short ${entry.shortName}`]),
    ...entry.streams.map(({ name, size }) => `:${name} ${size ?? '?'}`),
    ...(entry.security === null ? [] : [`security ${entry.security}`]),
    ...entry.items,
  ];
  const size = entry.kind === 'file' ? String(entry.size ?? '?') : '';
  return [
    attributes,
    size,
    entry.modified ?? '',
    `/${entry.path}${notes.length === 0 ? '' : `  (${notes.join(', ')})`}`,
  ];
}
