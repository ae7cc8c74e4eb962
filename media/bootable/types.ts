/** What bootable media are made of: the request, and the plan with everything decided. */
import type { ByteSource } from '../../images/bytes/index.ts';
import type { DiscLayout } from '../../images/disc/index.ts';
import type { DirectoryNode } from '../../images/tree/index.ts';
import type { Secret } from '../../src/core/index.ts';
import type { Variable } from '../../src/model/index.ts';
import type { BiosFileSelection, BootFileSelection } from '../boot-image/index.ts';
import type { MediaPlan } from '../builder/index.ts';

export interface BootableSpec {
  /** A WIM with a Windows PE in it. */
  readonly bootImage: ByteSource;
  /** For messages. */
  readonly bootImageName: string;
  /** From 1; without it the boot index, else the only Windows PE in it. */
  readonly index?: number;
  /** What the user expects; the image decides. */
  readonly architecture?: 'x64' | 'arm64' | 'x86';
  /** Boot files that win over those inside the image. */
  readonly bootFiles?: DirectoryNode;
  readonly signingCa?: '2011' | '2023';
  /** The image has no UEFI boot manager: for BIOS alone, and for the network. Boot files and signingCa do not count then. */
  readonly withoutLoader?: boolean;
  readonly label: string;
  readonly layout: 'mbr' | 'gpt';
  readonly variables: readonly Variable[];
  readonly password?: Secret;
  readonly unattended: boolean;
  /** Dates with zone, as given. */
  readonly start?: string;
  readonly expires?: string;
  readonly toolVersion: string;
  /** Of media made from a site: the bytes of its documents. Variables that are no secrets are in the bootstrap then. */
  readonly site?: SiteFiles;
}

export interface SiteFiles {
  readonly bootstrap: Uint8Array;
  /** Absent where the policy comes from a server: of network boot. */
  readonly policy?: Uint8Array;
}

export interface BootablePlan extends MediaPlan {
  readonly layout: DiscLayout;
  /** The manifest's place: its bytes exist only after everything else was hashed. */
  readonly manifestSize: number;
}

export type Selection = BootFileSelection | BiosFileSelection;
