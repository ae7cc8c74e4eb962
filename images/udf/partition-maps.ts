/** Which partition a volume's blocks lie in: one plain map is read, every other kind is refused by its name (UDF 2.2.8 to 2.2.10). */
import { UnsupportedFeatureError } from '../../src/core/index.ts';
import { decodeLatin1, viewOf } from '../bytes/index.ts';
import { udfCode } from './codes.ts';
import { logicalVolume, type LogicalVolume } from './layout-volume.ts';

/** What maps of type 2 say of themselves, and what people know them by. */
const kinds: Readonly<Record<string, string>> = {
  '*UDF Virtual Partition': 'a virtual partition (VAT), as on CD-R and BD-R written in pieces',
  '*UDF Sparable Partition': 'a sparable partition, as on CD-RW and DVD-RW',
  '*UDF Metadata Partition': 'a metadata partition, as in UDF 2.50 and later',
};
/** Type 1: type, length, volume sequence number, partition number (ECMA-167 3/10.7.2). */
const plainMap = { type: 1, length: 6 } as const;

/**
 * The number of the partition of a volume with one plain map. `bytes` is the block of its descriptor. Throws
 * UnsupportedFeatureError (`UDF_UNSUPPORTED`) that names any other kind.
 */
export function plainPartition(logical: LogicalVolume, bytes: Uint8Array, blockSize: number, image: string): number {
  const maps = mapsIn(logical, bytes);
  const [map] = maps;
  if (
    logical.blockSize === blockSize &&
    logical.mapCount === 1 &&
    map?.[0] === plainMap.type &&
    map[1] === plainMap.length
  ) {
    return viewOf(map).getUint16(4, true);
  }
  const special = maps.map(kindOf).find((kind) => kind !== undefined);
  const found =
    special === undefined
      ? `UDF volume with blocks of ${logical.blockSize} bytes and ${logical.mapCount} partition maps; read is one map with blocks of ${blockSize}`
      : `the UDF volume has ${special}, which is not read`;
  throw new UnsupportedFeatureError(udfCode.UDF_UNSUPPORTED, `${image}: ${found}`, {
    details: { structure: 'UDF logical volume descriptor' },
    hint: 'Make the image again with UDF 1.02, which all systems read.',
  });
}

/** The maps that fit the descriptor's block. */
function mapsIn({ mapCount }: LogicalVolume, bytes: Uint8Array): Uint8Array[] {
  const maps: Uint8Array[] = [];
  for (let at: number = logicalVolume.size; maps.length < mapCount && at + 2 <= bytes.length; ) {
    const length = bytes[at + 1] as number;
    if (length < plainMap.length || at + length > bytes.length) break;
    maps.push(bytes.subarray(at, at + length));
    at += length;
  }
  return maps;
}

/** Of a map of type 2: its entity identifier begins at byte 4, with a byte of flags. */
function kindOf(map: Uint8Array): string | undefined {
  if (map[0] === plainMap.type) return undefined;
  const name = decodeLatin1(map.subarray(5, 28)).replace(/\0.*$/su, '');
  return kinds[name] ?? `a partition map of type ${map[0]} (${JSON.stringify(name)})`;
}
