/** What `image export`, `join` and `optimize` have written, for people. */
import type { RewrittenWim } from '../app/index.ts';
import { formatBytes } from './quantities.ts';
import { table } from './table.ts';

/** Sizes and what was left out. */
export function renderRewritten(result: RewrittenWim): string {
  const again = result.blobs - result.copied;
  return [
    `${result.output} is written`,
    ...table([
      ['Images', String(result.images)],
      ['Size', `${formatBytes(result.size)} (${result.size} bytes)`],
      ['Files', `${result.copied} copied as they were${again === 0 ? '' : `, ${again} written anew`}`],
      ...(result.dropped === 0 ? [] : [['Left out', `${result.dropped} unused, ${formatBytes(result.droppedBytes)}`]]),
    ]),
  ].join('\n');
}
