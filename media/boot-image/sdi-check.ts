/** Is this boot.sdi whole? What boot managers check of it (boot-chain 3): signature, table, lengths; not the volume inside. */
import { FormatError } from '../../src/core/index.ts';
import { decodeLatin1, viewOf, type ByteSource } from '../../images/bytes/index.ts';
import { bootImageCode } from './codes.ts';

/** Eight entries of 64 bytes at 0x400: type (4 characters), offset at +16, size at +24 (boot-standards 1.3). */
const table = { offset: 0x400, entries: 8, entrySize: 64 } as const;

/** Throws FormatError (`BOOT_IMAGE_BOOT_SDI`). */
export async function checkBootSdi(source: ByteSource, path: string): Promise<void> {
  const fail = (what: string) =>
    new FormatError(
      bootImageCode.BOOT_IMAGE_BOOT_SDI,
      `${path} is damaged: ${what}; boot managers stop with 0xc0000225`,
      {
        hint: 'Copy it again from its source; every Windows since 7 has the same file of 3,170,304 bytes.',
        details: { path, size: source.size },
      },
    );
  const end = table.offset + table.entries * table.entrySize;
  if (source.size < end) throw fail(`it has ${source.size} bytes, header and table alone need ${end}`);
  const head = await source.read(0, end);
  if (decodeLatin1(head.subarray(0, 8)) !== '$SDI0001') throw fail('it does not start with "$SDI0001"');
  const view = viewOf(head);
  for (let i = 0; i < table.entries; i++) {
    const entry = table.offset + i * table.entrySize;
    if (decodeLatin1(head.subarray(entry, entry + 4)) !== 'PART') continue;
    const partEnd = view.getBigUint64(entry + 16, true) + view.getBigUint64(entry + 24, true);
    if (partEnd <= BigInt(source.size)) return;
    throw fail(`its volume should end at ${partEnd}, the file ends at ${source.size}`);
  }
  throw fail('its table names no volume (PART)');
}
