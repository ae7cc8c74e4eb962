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
  type DirectoryRecord,
  type VolumeDescriptor,
} from './layout.ts';
import { listedRoot } from './list-folder.ts';
import { readTree, rockRidgeSkip } from './read-directory.ts';
import type { BootCatalog, IsoDisc, IsoView, IsoVolume, ReadTree } from './types.ts';

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
  let rockRidge: IsoVolume | undefined;
  let joliet: IsoVolume | undefined;
  let bootCatalog: BootCatalog | undefined;
  for (let sector = FIRST_DESCRIPTOR; sector < FIRST_DESCRIPTOR + maxDescriptors; sector++) {
    if ((sector + 1) * SECTOR > source.size) break;
    const bytes = await source.read(sector * SECTOR, SECTOR);
    const { type, id } = descriptorHeader.decode(bytes);
    if (id !== 'CD001' || type === descriptorType.terminator) break;
    if (type === descriptorType.primary && !primary) {
      primary = volume(source, bytes, sector, 'iso');
      const skip = await rockRidgeSkip(source, rootOf(bytes));
      if (skip !== undefined) rockRidge = volume(source, bytes, sector, 'rock-ridge', skip);
    }
    if (type === descriptorType.supplementary && isJoliet(bytes)) joliet ??= volume(source, bytes, sector, 'joliet');
    if (type === descriptorType.bootRecord) bootCatalog ??= await readCatalog(source, bytes);
  }
  if (primary) return { primary, rockRidge, joliet, bootCatalog };
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

function rootOf(bytes: Uint8Array): DirectoryRecord {
  return directoryRecord.decode(volumeDescriptor.decode(bytes).root);
}

function volume(source: ByteSource, bytes: Uint8Array, sector: number, view: IsoView, skip = 0): IsoVolume {
  const descriptor = volumeDescriptor.decode(bytes);
  checkVolumeDescriptor(descriptor, sector, source);
  const root = rootOf(bytes);
  const joliet = view === 'joliet';
  const read = (): Promise<ReadTree> => readTree(source, root, view, skip);
  return {
    label: label(descriptor, joliet),
    joliet,
    volumeBlocks: descriptor.volumeBlocks,
    read,
    listed: () => listedRoot(source, root, joliet ? 'joliet' : 'iso'),
    tree: async () => (await read()).root,
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
