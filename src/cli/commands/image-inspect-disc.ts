/** The text of `osdkit image inspect` for disc images, sticks and volumes. */
import type { ImageInspection } from '../../app/index.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

type DiscInspection = Extract<ImageInspection, { readonly kind: 'disc' }>;

export function renderDisc({ file, size, views, contents, wims, problems, ...more }: DiscInspection): string {
  const { partitionTable, partitions, bootEntries } = more;
  const lines = [file, ...table([['Size', `${formatBytes(size)} (${size} bytes)`]])];
  const section = (title: string, rows: readonly (readonly string[])[]): void => {
    if (rows.length > 0) lines.push('', title, ...table(rows));
  };
  section(
    'Views',
    views.map(({ name, format, label, partition, size: bytes }) => [
      name,
      format,
      label === '' ? '(no label)' : label,
      `${formatBytes(bytes)}${partition === null ? '' : ` in partition ${partition}`}`,
    ]),
  );
  section(
    `Partitions (${partitionTable.toUpperCase()})`,
    partitions.map(({ number, type, name, active, offset, size: bytes }) => [
      String(number),
      type,
      `${formatBytes(bytes)} at ${offset}`,
      [...(active ? ['active'] : []), ...(name === '' ? [] : [name])].join(', '),
    ]),
  );
  section(
    'Boot entries (CD)',
    bootEntries.map(({ firmware, bootable, offset }) => [
      firmware,
      `boot image at ${offset}${bootable ? '' : ', not bootable'}`,
    ]),
  );
  if (contents) {
    const { view, files, folders, bytes } = contents;
    lines.push('', `The ${view} view holds ${files} files in ${folders} folders, ${formatBytes(bytes)}`);
  }
  for (const wim of wims) lines.push('', ...renderWim(wim));
  for (const { what, message, code } of problems) lines.push(`  ${what}: ${message} [${code}]`);
  return lines.join('\n');
}

/** A WIM inside, with a line for each of its images. */
function renderWim({
  path,
  size,
  compression,
  solid,
  bootIndex,
  part,
  images,
}: DiscInspection['wims'][number]): string[] {
  const notes = [formatBytes(size), `${compression}${solid ? ', solid' : ''}`];
  if (bootIndex !== 0) notes.push(`boot index ${bootIndex}`);
  if (part.of > 1) notes.push(`part ${part.number} of ${part.of}`);
  return [`${path}: ${notes.join(', ')}`, ...table(images.map((image) => [String(image.index), ...imageCells(image)]))];
}

const architectures: Readonly<Record<number, string>> = { 0: 'x86', 5: 'arm', 9: 'x64', 12: 'arm64' };

function imageCells({ name, arch, version, languages }: DiscInspection['wims'][number]['images'][number]): string[] {
  const number = version && [version.major, version.minor, version.build, version.spBuild].join('.');
  return [
    name ?? '(no name)',
    arch === undefined ? '' : (architectures[arch] ?? String(arch)),
    number ?? '',
    languages.join(', '),
  ];
}
