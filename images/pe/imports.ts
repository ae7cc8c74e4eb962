/** The DLLs that a program needs: import table ("Import Directory Table") and delay import table. Names only. */
import { FormatError, LimitError } from '../../src/core/index.ts';
import { peCode } from './codes.ts';
import type { PeHeaders } from './headers.ts';
import type { ImageReader } from './image-reader.ts';
import { delayImportEntry, directoryIndex, importEntry } from './layout.ts';

/** No program seen imports from more than 200 DLLs. */
const maximumDlls = 4096;

/** Names of imported DLLs in table order. Throws FormatError (`PE_IMPORTS`, `PE_OUTSIDE`), LimitError (`PE_LIMIT`). */
export async function readImports(reader: ImageReader, headers: PeHeaders): Promise<string[]> {
  const table = headers.directories[directoryIndex.imports];
  if (!table || table.address === 0) return [];
  const names: string[] = [];
  // The size of the directory is not what ends the table for the loader: a zero entry is.
  for (let entry = table.address; ; entry += importEntry.size) {
    const record = importEntry.decode(await reader.read(entry, importEntry.size, 'import table entry'));
    if (record.name === 0 || record.addressTable === 0) return names;
    checkCount(names.length, reader.id);
    names.push(await reader.name(record.name, 'name of an imported DLL'));
  }
}

/** Names of DLLs loaded at their first call, in table order. Throws as `readImports`. */
export async function readDelayImports(reader: ImageReader, headers: PeHeaders): Promise<string[]> {
  const table = headers.directories[directoryIndex.delayImports];
  if (!table || table.address === 0) return [];
  const names: string[] = [];
  for (let entry = table.address; ; entry += delayImportEntry.size) {
    const record = delayImportEntry.decode(await reader.read(entry, delayImportEntry.size, 'delay import entry'));
    if (record.name === 0) return names;
    checkCount(names.length, reader.id);
    const address = (record.attributes & 1) === 1 ? record.name : record.name - Number(headers.imageBase);
    if (address < 0) {
      throw new FormatError(peCode.PE_IMPORTS, `${reader.id}: a delay import names an address below the image`, {
        details: { source: reader.id, address: record.name },
      });
    }
    names.push(await reader.name(address, 'name of a delay-loaded DLL'));
  }
}

function checkCount(count: number, id: string): void {
  if (count < maximumDlls) return;
  throw new LimitError(peCode.PE_LIMIT, `${id}: imports from more than ${maximumDlls} DLLs`, {
    details: { source: id, expected: maximumDlls },
  });
}
