/** Opens an ISO 9660 image: descriptors and boot catalog at once, directories when asked for. */
import { FormatError } from '../../src/core/index.ts';
import { decodeLatin1, decodeUtf16be, type ByteSource, sourceName } from '../bytes/index.ts';
import { decodeBootCatalog } from './boot-catalog.ts';
import { checkVolumeDescriptor } from './check.ts';
import { isoCode } from './codes.ts';
import {
  bootRecord,
  descriptorHeader,
  descriptorType,
  directoryRecord,
  EL_TORITO,
  FIRST_DESCRIPTOR,
  SECTOR,
  volumeDescriptor,
  type VolumeDescriptor,
} from './layout.ts';
import { readTree } from './read-directory.ts';
import type { BootCatalog, IsoDisc, IsoVolume } from './types.ts';

/** Real discs have at most some six; a set without terminator ends here. */
const maxDescriptors = 32;
/** UCS-2 level 1, 2, 3 (Joliet specification). */
const jolietEscapes = ['%/@', '%/C', '%/E'];

/**
 * Opens an image. Throws FormatError: `ISO_NOT_ISO` without a primary descriptor, `ISO_DESCRIPTOR` for one that cannot be,
 * `ISO_CATALOG` for a damaged boot catalog, `BYTES_TRUNCATED` when the image ends early.
 */
export async function openIso(source: ByteSource): Promise<IsoDisc> {
  let primary: IsoVolume | undefined;
  let joliet: IsoVolume | undefined;
  let bootCatalog: BootCatalog | undefined;
  for (let sector = FIRST_DESCRIPTOR; sector < FIRST_DESCRIPTOR + maxDescriptors; sector++) {
    if ((sector + 1) * SECTOR > source.size) break;
    const bytes = await source.read(sector * SECTOR, SECTOR);
    const { type, id } = descriptorHeader.decode(bytes);
    if (id !== 'CD001' || type === descriptorType.terminator) break;
    if (type === descriptorType.primary) primary ??= volume(source, bytes, sector, false);
    if (type === descriptorType.supplementary && isJoliet(bytes)) joliet ??= volume(source, bytes, sector, true);
    if (type === descriptorType.bootRecord) bootCatalog ??= await readCatalog(source, bytes);
  }
  if (primary) return { primary, joliet, bootCatalog };
  throw new FormatError(
    isoCode.ISO_NOT_ISO,
    `${sourceName(source)}: no ISO 9660 volume descriptor at 0x${(FIRST_DESCRIPTOR * SECTOR).toString(16)}`,
    { details: { offset: FIRST_DESCRIPTOR * SECTOR }, hint: 'The file is not an ISO 9660 image, or is cut off.' },
  );
}

function isJoliet(bytes: Uint8Array): boolean {
  const escapes = decodeLatin1(volumeDescriptor.decode(bytes).escapes);
  return jolietEscapes.some((escape) => escapes.includes(escape));
}

function volume(source: ByteSource, bytes: Uint8Array, sector: number, joliet: boolean): IsoVolume {
  const descriptor = volumeDescriptor.decode(bytes);
  checkVolumeDescriptor(descriptor, sector, source);
  const root = directoryRecord.decode(descriptor.root);
  return {
    label: label(descriptor, joliet),
    joliet,
    volumeBlocks: descriptor.volumeBlocks,
    tree: () => readTree(source, root, joliet),
  };
}

function label({ volumeId }: VolumeDescriptor, joliet: boolean): string {
  return (joliet ? decodeUtf16be(volumeId) : decodeLatin1(volumeId)).replace(/[ \0]+$/, '');
}

async function readCatalog(source: ByteSource, bytes: Uint8Array): Promise<BootCatalog | undefined> {
  const record = bootRecord.decode(bytes);
  if (record.system !== EL_TORITO) return undefined;
  return decodeBootCatalog(await source.read(record.catalogBlock * SECTOR, SECTOR), record.catalogBlock);
}
