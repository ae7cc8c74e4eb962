/** Makes all seeds in a folder; foreign tools make most of them, in this run. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { codecSeeds } from './codec.ts';
import { dhcpSeeds } from './dhcp.ts';
import { exchangeSeeds } from './exchange.ts';
import { fileSystemSeeds } from './file-systems.ts';
import { programSeeds } from './programs.ts';
import { protocolSeeds } from './protocol.ts';
import { registrySeeds } from './registry.ts';
import { writeSeeds } from './seed-set.ts';
import { siteSeeds } from './site.ts';
import { tftpSeeds } from './tftp.ts';
import { seedFolder } from './tree.ts';
import { wimSeeds } from './wim.ts';

/** Names of the programs that `makeSeeds` runs (test/support/tool-table.ts). */
export const seedTools = [
  'wimlib-imagex',
  'genisoimage',
  'xorriso',
  'mkudffs',
  'mkfs.fat',
  'mcopy',
  'sfdisk',
  'sgdisk',
  'regshell',
  'hivexregedit',
] as const;

export async function makeSeeds(folder: string): Promise<void> {
  const scratch = join(folder, 'made');
  mkdirSync(scratch, { recursive: true });
  const tree = await seedFolder(scratch);
  writeSeeds(folder, [
    ...(await wimSeeds(scratch, tree)),
    ...(await codecSeeds(scratch)),
    ...(await registrySeeds(scratch)),
    ...(await fileSystemSeeds(scratch, tree)),
    ...programSeeds(),
    ...protocolSeeds(),
    ...(await exchangeSeeds()),
    ...siteSeeds(),
    ...tftpSeeds(),
    ...dhcpSeeds(),
  ]);
}
