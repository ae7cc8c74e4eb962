/** Seeds of discs and volumes: ours, and those of genisoimage, xorriso, mkudffs, mkfs.fat with mtools, sgdisk, sfdisk. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource } from '../../../images/bytes/index.ts';
import { layoutDisc } from '../../../images/disc/index.ts';
import { layoutFatVolume, type FatType } from '../../../images/fat/index.ts';
import { writeBootCatalog } from '../../../images/iso9660/index.ts';
import { filesOf, treeFromFiles } from '../../../images/tree/index.ts';
import { discFile, discOptions, mediaTree } from '../../images/disc/disc-image.ts';
import { plainOptions, volumeBytes } from '../../images/fat/volumes.ts';
import { bridge, imageBytes } from '../../images/iso9660/placed-image.ts';
import { run } from '../../support/run.ts';
import type { NewSeed } from './seed-set.ts';
import { seedTree } from './tree.ts';

const isoOptions = [
  '-quiet',
  '-D',
  '-iso-level',
  '3',
  '-J',
  '-joliet-long',
  '-R',
  '-b',
  'boot/etfs.com',
  '-no-emul-boot',
];

async function isoSeeds(scratch: string, tree: string): Promise<NewSeed[]> {
  const seeds: NewSeed[] = [];
  const add = (name: string, bytes: Uint8Array, kinds: readonly string[]): void => {
    for (const parser of kinds) seeds.push({ parser, name, bytes });
  };
  const genisoimage = join(scratch, 'genisoimage.iso');
  await run('genisoimage', [...isoOptions, '-udf', '-V', 'FOREIGN', '-o', genisoimage, tree]);
  const xorriso = join(scratch, 'xorriso.iso');
  await run('xorriso', ['-as', 'mkisofs', ...isoOptions, '-V', 'FOREIGN', '-o', xorriso, tree]);
  add('genisoimage', readFileSync(genisoimage), ['iso9660', 'joliet', 'udf', 'disc']);
  add('xorriso', readFileSync(xorriso), ['iso9660', 'joliet']);
  add('own', await imageBytes(bridge(seedTree, { bootFile: 'boot/etfs.com' })), ['iso9660', 'joliet', 'udf', 'disc']);
  for (const revision of ['1.02', '2.01']) {
    const path = join(scratch, `mkudffs-${revision}.img`);
    await run('truncate', ['-s', '2M', path]);
    await run('mkudffs', [`--udfrev=${revision}`, '--blocksize=2048', '--label=Für alle', path]);
    add(`mkudffs-${revision}`, readFileSync(path), ['udf']);
  }
  const bios = { platform: 0, sectors: 4, block: 30 };
  seeds.push({ parser: 'el-torito', name: 'own', bytes: writeBootCatalog([bios, { ...bios, platform: 0xef }]) });
  return seeds;
}

const kibibytes = { 12: 1440, 16: 9000, 32: 34_000 } as const;

async function fatSeeds(scratch: string, tree: string, type: FatType): Promise<NewSeed[]> {
  const parser = `fat${type}`;
  const path = join(scratch, `${parser}.img`);
  await run('mkfs.fat', ['-C', '-F', String(type), '-s', '1', '-n', 'FOREIGN', path, String(kibibytes[type])]);
  const names = ['sources', 'many', 'bootmgr', 'Ünïcode name of some length €.json', 'empty.txt'];
  const mtools = { env: { MTOOLS_SKIP_CHECK: '1', LC_ALL: 'C.UTF-8' } };
  await run('mcopy', ['-s', '-Q', '-i', path, ...names.map((name) => join(tree, name)), '::'], mtools);
  return [
    { parser, name: 'mkfs', bytes: readFileSync(path) },
    { parser, name: 'own', bytes: await volumeBytes(layoutFatVolume(seedTree, plainOptions({ type }))) },
  ];
}

async function tableSeeds(scratch: string): Promise<NewSeed[]> {
  const mbr = join(scratch, 'mbr.img');
  await run('truncate', ['-s', '1M', mbr]);
  const lines = [
    'label: dos',
    'size=200,type=c,bootable',
    'size=800,type=5',
    'size=100,type=7',
    'size=100,type=83',
    '',
  ];
  await run('sfdisk', ['--force', mbr], { input: lines.join('\n') });
  const gpt = join(scratch, 'gpt.img');
  await run('truncate', ['-s', '1M', gpt]);
  await run('sgdisk', ['-a', '8', '-n', '1:40:200', '-t', '1:ef00', '-n', '2:208:400', '-c', '2:Data Ω', gpt]);
  return [
    { parser: 'mbr', name: 'sfdisk', bytes: readFileSync(mbr) },
    { parser: 'gpt', name: 'sgdisk', bytes: readFileSync(gpt) },
  ];
}

export async function fileSystemSeeds(scratch: string, tree: string): Promise<NewSeed[]> {
  const disc = join(scratch, 'disc.iso');
  const files = filesOf(mediaTree({ loader: 5000, bootWim: 9001 }));
  const empty = files.map(({ path, file }) => ({ path, content: memorySource(new Uint8Array(file.content.size)) }));
  await discFile(layoutDisc(treeFromFiles(empty), discOptions()), disc);
  return [
    ...(await isoSeeds(scratch, tree)),
    ...(await fatSeeds(scratch, tree, 12)),
    ...(await fatSeeds(scratch, tree, 16)),
    ...(await fatSeeds(scratch, tree, 32)),
    ...(await tableSeeds(scratch)),
    { parser: 'disc', name: 'bootable', bytes: readFileSync(disc) },
  ];
}
