/** Seeds of hives and stores: of our writer in two versions, filled by hivexregedit, and made by Samba. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { winpeStore, writeBcd } from '../../../images/bcd/index.ts';
import { newValue, writeHive, type NewKey } from '../../../images/hive/index.ts';
import { run } from '../../support/run.ts';
import type { NewSeed } from './seed-set.ts';

const tree: NewKey = {
  name: 'root',
  subkeys: [
    { name: 'a', className: 'class', subkeys: [{ name: 'c' }], values: [newValue.string('s', 'a longer text')] },
    { name: 'b', values: [newValue.binary('big', new Uint8Array(20_000).fill(3)), newValue.dword('d', 5)] },
    { name: 'Ω', values: [newValue.multiString('ж', ['x', 'y'])] },
    { name: 'many', subkeys: Array.from({ length: 40 }, (_, i) => ({ name: `key ${i}` })) },
  ],
};

async function foreign(scratch: string): Promise<Uint8Array> {
  const hive = join(scratch, 'foreign.hive');
  writeFileSync(hive, writeHive({ name: 'root' }));
  const make = ['mkkey Software', 'exit', ''].join('\n');
  await run('regshell', ['-s', '/dev/null', '-F', hive], { input: make });
  const file = join(scratch, 'in.reg');
  const keys = Array.from(
    { length: 30 },
    (_, i) => `[\\System\\S${i}]\n"Start"=dword:0000000${i % 5}\n"Text"="s${i}"\n`,
  );
  writeFileSync(file, ['Windows Registry Editor Version 5.00\n', '[\\System]\n', ...keys].join('\n'));
  await run('hivexregedit', ['--merge', hive, file]);
  return readFileSync(hive);
}

export async function registrySeeds(scratch: string): Promise<NewSeed[]> {
  const hives = {
    own3: writeHive(tree),
    own5: writeHive(tree, { minorVersion: 5 }),
    foreign: await foreign(scratch),
  };
  const stores = {
    uefi: writeBcd(winpeStore({ firmware: 'uefi' })),
    bios: writeBcd(winpeStore({ firmware: 'bios' })),
  };
  return [
    ...Object.entries(hives).flatMap(([name, bytes]) => [
      { parser: 'hive', name, bytes },
      { parser: 'hive-edit', name, bytes },
    ]),
    ...Object.entries(stores).flatMap(([name, bytes]) => [
      { parser: 'bcd', name, bytes },
      { parser: 'bcd-edit', name, bytes },
    ]),
  ];
}
