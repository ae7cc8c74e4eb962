/** Deciding what a boot image is for the network: the medium that it becomes, the files beside it, who can start from it. */
import type { ByteSource } from '../../images/bytes/index.ts';
import { openWim } from '../../images/wim/index.ts';
import type { OperationContext, Problem } from '../../src/core/index.ts';
import { inspectBootImage, type BootImage, type SigningCa } from '../boot-image/index.ts';
import { bootableMedia, type BootablePlan } from '../bootable/index.ts';
import { networkCode } from './codes.ts';
import { preparedKey } from './key.ts';
import type { NetworkBootSpec, NetworkRole, NetworkStart, PreparedImage, SigningAuthority } from './types.ts';

/** What only BIOS starts by network use: the medium has no place for them (boot-standards 1.1). */
const biosFiles = {
  'bootmgr.exe': 'Windows/Boot/PXE/bootmgr.exe',
  'pxeboot.n12': 'Windows/Boot/PXE/pxeboot.n12',
  'pxeboot.com': 'Windows/Boot/PXE/pxeboot.com',
  'abortpxe.com': 'Windows/Boot/PXE/abortpxe.com',
} as const satisfies Partial<Record<NetworkRole, string>>;
export type BiosRole = keyof typeof biosFiles;

export interface NetworkBootPlan {
  readonly key: string;
  readonly spec: NetworkBootSpec;
  readonly medium: BootablePlan;
  readonly bios: readonly { readonly role: BiosRole; readonly content: ByteSource }[];
  readonly image: PreparedImage['image'];
  readonly loader: PreparedImage['loader'];
  readonly starts: Readonly<Record<NetworkStart, boolean>>;
  readonly problems: readonly Problem[];
}

/** Reads the image and decides everything. Throws as the builder of bootable media: without loader and boot.sdi nothing starts. */
export async function planNetworkBoot(spec: NetworkBootSpec, context: OperationContext): Promise<NetworkBootPlan> {
  const { bootImage, bootImageName, index, bootstrap, toolVersion } = spec;
  const options = index === undefined ? {} : { index };
  const boot = await inspectBootImage(await openWim(bootImage), options);
  const signingCa = wishedCa(spec.signingAuthority, boot.facts.signingCas);
  const medium = await bootableMedia.plan(
    {
      bootImage,
      bootImageName,
      label: 'OSDKIT-NET',
      layout: 'mbr',
      variables: [],
      unattended: false,
      toolVersion,
      ...options,
      ...(signingCa === undefined ? {} : { signingCa }),
      ...(bootstrap === undefined ? {} : { site: { bootstrap } }),
    },
    context,
  );
  const bios = Object.entries(biosFiles).flatMap(([role, path]) => {
    const content = boot.image.file(path);
    return content && content.size > 0 ? [{ role: role as BiosRole, content }] : [];
  });
  const { facts } = boot;
  const starts = startsOf(boot, new Set(bios.map(({ role }) => role)));
  const loaderNote = medium.notes.find(({ code }) => code === 'MEDIA_SECURE_BOOT');
  return {
    key: preparedKey(spec),
    spec,
    medium,
    bios,
    image: {
      index: facts.index,
      name: facts.name,
      architecture: facts.architecture ?? 'x64',
      version: facts.version ?? null,
    },
    loader: { signingCa: signingCaOf(medium), boots: loaderNote?.message ?? '' },
    starts,
    problems: [
      ...medium.notes.filter(({ code }) => code !== 'MEDIA_SECURE_BOOT').map(ofImageAlone),
      ...startProblems(bootImageName, facts.architecture ?? 'x64', starts, boot),
    ],
  };
}

/** Media take boot files from a folder, too; here they come from the image alone. */
function ofImageAlone(problem: Problem): Problem {
  if (problem.hint?.includes('--boot-files') !== true) return problem;
  return { ...problem, hint: 'Take a boot image that has it, or put it there: osdkit image update.' };
}

/** `newest` prefers the CA of 2023; an image that has neither known CA is taken as it is. */
function wishedCa(authority: SigningAuthority, there: readonly SigningCa[]): SigningCa | undefined {
  if (authority !== 'newest') return authority;
  return there.includes('2023') ? '2023' : there[0];
}

function signingCaOf({ document }: BootablePlan): PreparedImage['loader']['signingCa'] {
  const { signingCa } = document;
  return signingCa === '2011' || signingCa === '2023' ? signingCa : 'unknown';
}

/** The medium exists, so loader and boot.sdi do; a loader of Windows PE that lacks stops each start after boot.wim was read. */
function startsOf(boot: BootImage, bios: ReadonlySet<BiosRole>): Readonly<Record<NetworkStart, boolean>> {
  const uefi = boot.facts.starts['uefi-network'];
  const pc = boot.facts.architecture !== 'arm64';
  const whole = boot.facts.starts['bios-network'] && bios.has('bootmgr.exe') && bios.has('pxeboot.n12');
  const biosDisc = pc && boot.facts.starts['bios-media'];
  return { uefi, uefiHttp: uefi, bios: pc && whole, biosDisc, ipxe: uefi || (pc && whole) || biosDisc };
}

function startProblems(
  name: string,
  architecture: string,
  starts: Readonly<Record<NetworkStart, boolean>>,
  boot: BootImage,
): readonly Problem[] {
  const problems: Problem[] = [];
  const lacks = (id: string): boolean => boot.facts.bootFiles.some((file) => file.id === id && file.path === undefined);
  if (!starts.uefi) {
    problems.push({
      code: networkCode.NETWORK_BOOT_NO_UEFI,
      severity: 'warning',
      message: `${name}: UEFI computers cannot start from it${lacks('winload.efi') ? ', Windows\\System32\\boot\\winload.efi is missing' : ''}`,
    });
  }
  if (!starts.bios && architecture !== 'arm64') {
    const missing = [
      ...(lacks('pxeboot') || !boot.image.file(biosFiles['pxeboot.n12']) ? ['Windows\\Boot\\PXE\\pxeboot.n12'] : []),
      ...(lacks('bootmgr.exe') ? ['Windows\\Boot\\PXE\\bootmgr.exe'] : []),
      ...(lacks('winload.exe') ? ['Windows\\System32\\boot\\winload.exe'] : []),
    ];
    const still = [
      ...(starts.uefi ? ['UEFI computers can, by PXE and by HTTP Boot'] : []),
      ...(starts.biosDisc ? ['BIOS computers with iPXE can, by HTTP'] : []),
    ];
    problems.push({
      code: networkCode.NETWORK_BOOT_NO_BIOS,
      severity: 'warning',
      message: `${name}: BIOS computers cannot start from it, ${missing.join(' and ') || 'a file'} ${missing.length > 1 ? 'are' : 'is'} missing${still.map((one) => `; ${one}`).join('')}`,
      hint: 'Take a boot image that has them, or give an iPXE program of yours (key ipxe of the point).',
    });
  }
  return problems;
}
