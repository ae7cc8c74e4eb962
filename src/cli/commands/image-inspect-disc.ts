/** The text of `osdkit image inspect` for disc images, sticks and volumes. */
import type { ImageInspection } from '../../app/index.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

type DiscInspection = Extract<ImageInspection, { readonly kind: 'disc' }>;

export function renderDisc({ file, size, views, contents, problems, ...more }: DiscInspection): string {
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
  for (const { what, message, code } of problems) lines.push(`  ${what}: ${message} [${code}]`);
  return lines.join('\n');
}
