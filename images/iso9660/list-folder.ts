/** Folders of the primary tree or Joliet's, each read when it is asked for, with the checks of read-directory.ts. */
import type { ByteSource } from '../bytes/index.ts';
import type { ListedEntry, ListedFolder } from '../tree/index.ts';
import { recordExtent } from './check.ts';
import { recordFlag, type DirectoryRecord } from './layout.ts';
import { checkName, enter, extentsOfRecords, newReader, type TreeReader } from './read-directory.ts';
import { decodeRecordName, filesIn, recordsIn, type PlacedRecord } from './records.ts';

/** The root of a view, not of Rock Ridge's. */
export function listedRoot(source: ByteSource, root: DirectoryRecord, view: 'iso' | 'joliet'): ListedFolder {
  const own = { record: root, name: new Uint8Array(0), systemUse: new Uint8Array(0), at: 0 };
  return folder(newReader(source, view, 0), own, '', 0);
}

function folder(reader: TreeReader, own: PlacedRecord, name: string, depth: number): ListedFolder {
  return { kind: 'directory', name, list: () => entriesOf(reader, own, depth) };
}

async function entriesOf(reader: TreeReader, own: PlacedRecord, depth: number): Promise<ListedEntry[]> {
  const { source, view } = reader;
  const extent = recordExtent(own.record, own.at, source);
  enter(reader, extent, depth);
  const bytes = await source.read(extent.offset, extent.length);
  const entries: ListedEntry[] = [];
  for (const records of filesIn(recordsIn(source, bytes, extent.offset), source)) {
    const [first] = records as [PlacedRecord, ...PlacedRecord[]];
    const name = decodeRecordName(first.name, view === 'joliet');
    checkName(name, first.at, source);
    if (first.record.flags & recordFlag.directory) entries.push(folder(reader, first, name, depth + 1));
    else {
      const extents = extentsOfRecords(source, records);
      entries.push({ kind: 'file', name, size: extents.reduce((sum, { length }) => sum + length, 0), extents });
    }
  }
  return entries;
}
