/** A plan whose numbers are changed afterwards gives the same bytes as one that had them from the start. */
import { describe, expect, it } from 'vitest';
import { memorySink, memorySource, transfer } from '../../../images/bytes/index.ts';
import { discPieces, layoutDisc, withIds, type DiscIds, type DiscLayout } from '../../../images/disc/index.ts';
import { treeFromFiles } from '../../../images/tree/index.ts';
import { operationContext } from '../../../src/core/index.ts';

const ids = (byte: number): DiscIds => ({
  diskSignature: byte * 0x0101_0101,
  fatSerial: byte * 0x0101_0101 + 1,
  udfSetId: byte.toString(16).padStart(2, '0').repeat(8),
  diskGuid: new Uint8Array(16).fill(byte),
  partitionGuid: new Uint8Array(16).fill(byte + 1),
});

const tree = treeFromFiles([
  { path: 'EFI/BOOT/BOOTX64.EFI', content: memorySource(Buffer.alloc(5000, 'loader')) },
  { path: 'sources/boot.wim', content: memorySource(Buffer.alloc(70_000, 'wim')) },
]);

async function metadata(layout: DiscLayout): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const piece of discPieces(layout).filter(({ path }) => path === undefined)) {
    const sink = memorySink();
    await transfer([{ at: 0, source: piece.source }], sink, operationContext(), 'writing');
    found.set(piece.at, Buffer.from(sink.bytes()).toString('hex'));
  }
  return found;
}

describe('withIds', () => {
  it.each(['mbr', 'gpt'] as const)('is the %s layout with other numbers', async (layout) => {
    const plan = (byte: number): DiscLayout =>
      layoutDisc(tree, { label: 'IDS', layout, time: 0, ids: ids(byte), loaders: ['EFI/BOOT/BOOTX64.EFI'] });
    const expected = await metadata(plan(7));
    expect(await metadata(plan(1))).not.toEqual(expected);
    expect(await metadata(withIds(plan(1), ids(7)))).toEqual(expected);
  });
});
