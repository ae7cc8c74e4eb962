/** Finding one resource: the tree has three levels (type, name, language), each a table of entries ("The .rsrc Section"). */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { decodeUtf16le, viewOf } from '../bytes/index.ts';
import { peCode } from './codes.ts';
import type { PeHeaders } from './headers.ts';
import type { ImageReader } from './image-reader.ts';
import { directoryIndex, resourceData, resourceDirectory, resourceEntry } from './layout.ts';

/** Bit 31 marks a directory below; the rest is an offset from the start of the resources. */
const directoryFlag = 0x80000000;
const maximumResource = 1024 * 1024;

/** Whether an entry of a table is the one that is looked for. */
type Wanted = (id: number) => boolean | Promise<boolean>;

/**
 * The first resource of a type (the lowest name and language, as tables are sorted), or the one of that name; undefined when
 * there is none. Names are in capitals, as resource compilers write them.
 * Throws FormatError (`PE_RESOURCES`, `PE_OUTSIDE`), LimitError (`PE_LIMIT`).
 */
export async function readResource(
  reader: ImageReader,
  headers: PeHeaders,
  type: number,
  name?: string,
): Promise<Uint8Array | undefined> {
  const root = headers.directories[directoryIndex.resources];
  if (!root || root.address === 0) return undefined;
  const any: Wanted = () => true;
  const named: Wanted = (id) => hasName(reader, root.address, id, name ?? '');
  // Type, name, language: exactly three levels, so that a loop in the file cannot keep us here.
  let entry = await findEntry(reader, root.address, (id) => id === type);
  for (const wanted of [name === undefined ? any : named, any]) {
    if (entry === undefined) return undefined;
    if ((entry & directoryFlag) === 0) throw damaged(reader.id, 'a table of the resource tree is no table');
    entry = await findEntry(reader, root.address + (entry & 0x7fffffff), wanted);
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

async function findEntry(reader: ImageReader, address: number, wanted: Wanted): Promise<number | undefined> {
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
    if (await wanted(entry.id)) return entry.offset;
  }
  return undefined;
}

/** Whether an entry's id stands for that name: a u16 count of characters, then UTF-16, at an offset from the resources' start. */
async function hasName(reader: ImageReader, root: number, id: number, name: string): Promise<boolean> {
  if ((id & directoryFlag) === 0) return false;
  const place = root + (id & 0x7fffffff);
  const length = viewOf(await reader.read(place, 2, 'name of a resource')).getUint16(0, true);
  if (length !== name.length) return false;
  return decodeUtf16le(await reader.read(place + 2, 2 * length, 'name of a resource')) === name;
}

function damaged(id: string, why: string): FormatError {
  return new FormatError(peCode.PE_RESOURCES, `${id}: ${why}`, { details: { source: id } });
}
