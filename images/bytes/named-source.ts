/** A source under another name for messages: a file inside an image, called by its path there. */
import type { ByteSource } from './source.ts';

/** The same bytes with the same id, called `name`. Not spread: id and parts may be getters, which a copy would lose. */
export function namedSource(source: ByteSource, name: string): ByteSource {
  const { parts, checkUnchanged } = source;
  return {
    id: source.id,
    name,
    size: source.size,
    ...(parts ? { parts } : {}),
    ...(checkUnchanged ? { checkUnchanged: () => checkUnchanged.call(source) } : {}),
    read: (offset, length) => source.read(offset, length),
  };
}
