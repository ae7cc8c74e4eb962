/** Finding one resource: the tree has three levels (type, name, language), each a table of entries ("The .rsrc Section"). */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { peCode } from './codes.ts';
import type { PeHeaders } from './headers.ts';
import type { ImageReader } from './image-reader.ts';
import { directoryIndex, resourceData, resourceDirectory, resourceEntry } from './layout.ts';

/** Bit 31 marks a directory below; the rest is an offset from the start of the resources. */
const directoryFlag = 0x80000000;
const maximumResource = 1024 * 1024;

/**
 * The first resource of a type (the lowest name and language, as tables are sorted), or undefined.
 * Throws FormatError (`PE_RESOURCES`, `PE_OUTSIDE`), LimitError (`PE_LIMIT`).
 */
export async function readResource(
  reader: ImageReader,
  headers: PeHeaders,
  type: number,
): Promise<Uint8Array | undefined> {
  const root = headers.directories[directoryIndex.resources];
  if (!root || root.address === 0) return undefined;
  let entry = await findEntry(reader, root.address, (id) => id === type);
  // Type, name, language: exactly two more levels, so that a loop in the file cannot keep us here.
  for (let level = 1; level < 3 && entry !== undefined; level++) {
    if ((entry & directoryFlag) === 0) throw damaged(reader.id, `level ${level} of the resource tree is no table`);
    entry = await findEntry(reader, root.address + (entry & 0x7fffffff), () => true);
  }
  if (entry === undefined) return undefined;
  if ((entry & directoryFlag) !== 0) throw damaged(reader.id, 'the resource tree is deeper than three levels');
  const place = root.address + entry;
  const data = resourceData.decode(await reader.read(place, resourceData.size, 'resource data entry'));
  if (data.size > maximumResource) {
    throw new LimitError(peCode.PE_LIMIT, `${reader.id}: a resource of type ${type} has ${data.size} bytes`, {
      details: { source: reader.id, expected: maximumResource, actual: data.size },
    });
  }
  return reader.read(data.address, data.size, `resource of type ${type}`);
}

async function findEntry(
  reader: ImageReader,
  address: number,
  wanted: (id: number) => boolean,
): Promise<number | undefined> {
  const table = resourceDirectory.decode(await reader.read(address, resourceDirectory.size, 'resource table'));
  const count = table.namedCount + table.idCount;
  if (count === 0) return undefined;
  const entries = await reader.read(
    address + resourceDirectory.size,
    count * resourceEntry.size,
    'entries of a resource table',
  );
  for (let i = 0; i < count; i++) {
    const entry = resourceEntry.decode(entries, i * resourceEntry.size);
    if (wanted(entry.id)) return entry.offset;
  }
  return undefined;
}

function damaged(id: string, why: string): FormatError {
  return new FormatError(peCode.PE_RESOURCES, `${id}: ${why}`, { details: { source: id } });
}
