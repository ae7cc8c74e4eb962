/** Mutations of exports of ConfigMgr and of MDT's sequences. */
import { crc32 } from '../../../src/exchange/crc32.ts';
import { importMdt, importPackage, writeSequence } from '../../../src/exchange/index.ts';
import type { Parser } from '../parser.ts';

/** What was read must be writable: nothing of a file may stop an export of the site. */
export const exchangeParsers: readonly Parser[] = [
  {
    name: 'sequence-package',
    inputCodes: ['EXCHANGE_CONTENT_MISSING'],
    async exercise(bytes) {
      for (const { sequence } of (await importPackage(bytes)).sequences) writeSequence(sequence);
    },
    repair: (pristine) => {
      const entries = storedEntries(pristine);
      return function* (bytes) {
        for (const { at, from, to } of entries) {
          const patch = new Uint8Array(4);
          new DataView(patch.buffer).setUint32(0, crc32(bytes.subarray(from, to)), true);
          yield { at, bytes: patch };
        }
      };
    },
  },
  {
    name: 'sequence-xml',
    exercise(bytes) {
      for (const { sequence } of importMdt([{ path: 'ts.xml', bytes }]).sequences) writeSequence(sequence);
    },
  },
];

/** Places of the checksums in the central directory, each with the bytes that it covers (APPNOTE 4.3.7, 4.3.12). */
function storedEntries(zip: Uint8Array): { readonly at: number; readonly from: number; readonly to: number }[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const entries = [];
  for (let at = view.getUint32(zip.length - 6, true); view.getUint32(at, true) === 0x02014b50; ) {
    const local = view.getUint32(at + 42, true);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const stored = view.getUint16(at + 10, true) === 0;
    if (stored) entries.push({ at: at + 16, from, to: from + view.getUint32(at + 20, true) });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}
