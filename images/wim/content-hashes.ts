/** SHA-1 of the contents that go into a WIM; sources with one id are read once. */
import type { OperationContext } from '../../src/core/index.ts';
import type { ByteSource } from '../bytes/index.ts';
import { sha1Of } from './sha1.ts';

/** Gives the hash of a content that was in the list; undefined for an empty one, which has no blob. */
export type HashOf = (content: ByteSource) => string | undefined;

/** Hashes all contents, reporting progress in bytes. Throws CanceledError, or what reading throws. */
export async function hashContents(contents: readonly ByteSource[], context: OperationContext): Promise<HashOf> {
  const unique = new Map<string, ByteSource>();
  for (const content of contents) if (content.size > 0) unique.set(content.id, content);
  const total = [...unique.values()].reduce((sum, content) => sum + content.size, 0);
  const hashes = new Map<string, string>();
  let done = 0;
  const report = (bytes: number): void =>
    context.progress({ phase: 'hashing', done: (done += bytes), total, unit: 'bytes' });
  for (const [id, content] of unique) hashes.set(id, await sha1Of(content, context.signal, report));
  return (content) => (content.size === 0 ? undefined : hashes.get(content.id));
}
