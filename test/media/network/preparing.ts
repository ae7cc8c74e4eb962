/** A boot image made ready in a scratch folder, from files that a test changes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource, readAll } from '../../../images/bytes/index.ts';
import { sampleBootImage } from '../../../images/sample/index.ts';
import {
  planNetworkBoot,
  writeNetworkBoot,
  type NetworkBootPlan,
  type NetworkBootSpec,
  type PreparedImage,
  type PreparedSlice,
} from '../../../media/network/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { scratch } from '../../support/scratch.ts';
import { peWim, type Files, type Machine } from '../boot-image/winpe-image.ts';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function specOf(wim: Uint8Array, given: Partial<NetworkBootSpec> = {}): Promise<NetworkBootSpec> {
  return {
    bootImage: memorySource(wim),
    bootImageName: 'boot.wim',
    sha256: sha256(wim),
    signingAuthority: 'newest',
    toolVersion: '1.2.3',
    ...given,
  };
}

/** The WIM of a Windows PE with these changes. */
export async function wimOf(files: Files = {}, machine: Machine = 'x64'): Promise<Uint8Array> {
  return readAll((await peWim([{ files, machine }])).source);
}

export async function sampleWim(architecture: 'x64' | 'arm64', size = 300_000): Promise<Uint8Array> {
  return readAll(await sampleBootImage({ architecture, size }));
}

export async function planned(
  files: Files = {},
  given: Partial<NetworkBootSpec> = {},
  machine: Machine = 'x64',
): Promise<NetworkBootPlan> {
  return planNetworkBoot(await specOf(await wimOf(files, machine), given), operationContext());
}

export interface Prepared {
  readonly folder: string;
  readonly prepared: PreparedImage;
  readonly bytes: (slice: PreparedSlice | undefined) => Uint8Array;
}

export async function written(spec: NetworkBootSpec): Promise<Prepared> {
  const folder = scratch();
  const plan = await planNetworkBoot(spec, operationContext());
  const prepared = await writeNetworkBoot(plan, (name) => join(folder, name), operationContext());
  return {
    folder,
    prepared,
    bytes(slice) {
      if (!slice) throw new Error('no such slice');
      return readFileSync(join(folder, slice.file)).subarray(slice.offset, slice.offset + slice.size);
    },
  };
}
