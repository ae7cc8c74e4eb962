/**
 * Media made by foreign tools alone, to show the boot programs without our own builders: discs by genisoimage, sticks
 * by sfdisk, sgdisk, mkfs.fat and mtools, WIMs by wimlib.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { cdBootSector, fat32BootCode, mbrBootCode } from '../../../../images/boot-code/index.ts';
import { bootAa64, bootmgrStandIn, bootX64 } from '../../../../images/sample/programs/index.ts';
import { run, scratch } from '../../../support/tools.ts';

/** Files of a medium by path with forward slashes. */
export type Files = Record<string, Uint8Array>;

/** What `foreign-media` needs; for `requireTool`. */
export const MEDIA_TOOLS = [
  'genisoimage',
  'isoinfo',
  'mkfs.fat',
  'mcopy',
  'mmd',
  'sfdisk',
  'sgdisk',
  'hivexregedit',
  'wimlib-imagex',
];

/** Bytes that do not repeat, so that a block read twice or from elsewhere shows. */
export function noise(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at + 4 <= size; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes.writeInt32LE(state, at);
  }
  return bytes;
}

/** A boot.sdi with header and table as in boot-standards 1.3 and a body that nobody reads. */
export function foreignSdi(): Buffer {
  const sdi = Buffer.concat([Buffer.alloc(0x2000), noise(0x6200, 7)]);
  sdi.write('$SDI0001', 0, 'latin1');
  sdi.write('PART', 0x400, 'latin1');
  sdi.writeBigUInt64LE(0x2000n, 0x410);
  sdi.writeBigUInt64LE(0x6200n, 0x418);
  sdi.writeBigUInt64LE(7n, 0x420);
  return sdi;
}

/** A WIM captured by wimlib; `args` go behind source and target of `capture`. */
export async function foreignWim(args: readonly string[] = ['--boot', '--compress=LZX']): Promise<Buffer> {
  const folder = scratch();
  mkdirSync(join(folder, 'tree/windows/system32/boot'), { recursive: true });
  writeFileSync(join(folder, 'tree/windows/system32/boot/winload.efi'), noise(3_000_000, 5));
  await run('wimlib-imagex', ['capture', join(folder, 'tree'), join(folder, 'boot.wim'), 'PE', ...args]);
  return readFileSync(join(folder, 'boot.wim'));
}

/** The line that the boot program prints for a file. */
export function fileLine(path: string, bytes: Uint8Array): string {
  return `osdkit-sample: ${path} ${bytes.length} bytes crc32 ${(crc32(bytes) >>> 0).toString(16).padStart(8, '0')}`;
}

/** `EFI/BOOT/BOOT*.EFI` for both architectures. */
export function loaders(): Files {
  return { 'EFI/BOOT/BOOTX64.EFI': bootX64(), 'EFI/BOOT/BOOTAA64.EFI': bootAa64() };
}

function writeTree(folder: string, files: Files): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

async function copyInto(image: string, offset: number, files: Files): Promise<void> {
  const folder = scratch();
  writeTree(folder, files);
  const drive = `${image}@@${offset}`;
  for (const top of new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))) {
    await run('mcopy', ['-s', '-i', drive, join(folder, top), '::/']);
  }
}

/** Options of a disc. */
export interface DiscOptions {
  /** genisoimage's options for the file systems; default UDF, Joliet and level 3. */
  readonly systems?: readonly string[];
  /** Adds our CD boot sector for `bootmgr` in front of the UEFI image. */
  readonly bios?: boolean;
  /** Formats the El Torito image with mtools, which writes a partition entry into its boot sector. */
  readonly mformat?: boolean;
}

/** A disc whose El Torito image holds the loaders alone; gives its path. */
export async function foreignDisc(files: Files, options: DiscOptions = {}): Promise<string> {
  const folder = scratch();
  const image = join(folder, 'disc.iso');
  const tree = join(folder, 'tree');
  writeTree(tree, { ...files, 'efi.img': new Uint8Array(1440 * 1024) });
  if (options.mformat === true) await run('mformat', ['-i', join(tree, 'efi.img'), '-f', '1440', '::']);
  else await run('mkfs.fat', ['-F', '12', join(tree, 'efi.img')]);
  await copyInto(join(tree, 'efi.img'), 0, loaders());
  const bios =
    options.bios === true ? ['-b', 'cd.bin', '-no-emul-boot', '-boot-load-size', '8', '-eltorito-alt-boot'] : [];
  if (options.bios === true) writeFileSync(join(tree, 'cd.bin'), cdBootSector({ lba: 1, sectors: 1 }));
  await run('genisoimage', [
    '-quiet',
    '-V',
    'FOREIGN',
    ...(options.systems ?? ['-udf', '-J', '-iso-level', '3']),
    ...bios,
    '-e',
    'efi.img',
    '-no-emul-boot',
    '-c',
    'boot.cat',
    '-o',
    image,
    tree,
  ]);
  if (options.bios === true) {
    const disc = readFileSync(image);
    const lba = disc.indexOf(bootmgrStandIn().subarray(0, 2048)) / 2048;
    const sectors = Math.ceil(bootmgrStandIn().length / 2048);
    disc.set(cdBootSector({ lba, sectors }), disc.indexOf(cdBootSector({ lba: 1, sectors: 1 })));
    writeFileSync(image, disc);
  }
  return image;
}

/** Which partition table a stick has. */
export type StickTable = 'mbr' | 'gpt' | 'hybrid';

const STICK_SIZE = 72 << 20;
const PARTITION_LBA = 2048;

/** A stick with one FAT32 partition that holds everything; `mbr` ones start under BIOS too when `bootmgr` is there. */
export async function foreignStick(files: Files, table: StickTable): Promise<string> {
  const image = join(scratch(), 'stick.img');
  writeFileSync(image, '');
  await run('truncate', ['-s', String(STICK_SIZE), image]);
  if (table === 'mbr') {
    await run('sfdisk', ['-q', image], { input: `${PARTITION_LBA},,0c,*\n` });
  } else {
    await run('sgdisk', ['-n', `1:${PARTITION_LBA}:+70M`, '-t', '1:0700', image]);
  }
  const kilobytes = (70 << 20) / 1024;
  await run('mkfs.fat', [
    '-F',
    '32',
    '-s',
    '1',
    '-n',
    'FOREIGN',
    `--offset=${PARTITION_LBA}`,
    image,
    String(kilobytes),
  ]);
  // bootmgr first: into an empty volume mcopy writes it in one piece
  const { bootmgr, ...rest } = { ...files, ...loaders() };
  if (bootmgr !== undefined) await copyInto(image, PARTITION_LBA * 512, { bootmgr });
  await copyInto(image, PARTITION_LBA * 512, rest);

  const bytes = readFileSync(image);
  if (table === 'hybrid') bytes.set([0x00, 0, 2, 0, 0x0c, 0, 0, 0, 0, 8, 0, 0, 0, 0x30, 2, 0], 0x1ce);
  if (bootmgr !== undefined && table === 'mbr') {
    const lba512 = bytes.indexOf(bootmgr.subarray(0, 512)) / 512;
    bytes.set(mbrBootCode());
    bytes.set(fat32BootCode({ lba512, sectors512: Math.ceil(bootmgr.length / 512) }), PARTITION_LBA * 512 + 90);
  }
  writeFileSync(image, bytes);
  return image;
}
