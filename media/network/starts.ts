/** Who can start from a boot image by network, what those who cannot lack, and how that is told. */
import { InputError, type Problem } from '../../src/core/index.ts';
import { bootImageCode, type BootImage } from '../boot-image/index.ts';
import { networkCode } from './codes.ts';
import type { NetworkRole, NetworkStart } from './types.ts';

/** What only BIOS starts by network use: the medium has no place for them (boot-standards 1.1). */
export const biosFiles = {
  'bootmgr.exe': 'Windows/Boot/PXE/bootmgr.exe',
  'pxeboot.n12': 'Windows/Boot/PXE/pxeboot.n12',
  'pxeboot.com': 'Windows/Boot/PXE/pxeboot.com',
  'abortpxe.com': 'Windows/Boot/PXE/abortpxe.com',
} as const satisfies Partial<Record<NetworkRole, string>>;
export type BiosRole = keyof typeof biosFiles;

export interface NetworkStarts {
  readonly starts: Readonly<Record<NetworkStart, boolean>>;
  /** Paths that lack, as Windows writes them. */
  readonly missing: { readonly uefi: readonly string[]; readonly bios: readonly string[] };
}

const winload = 'Windows\\System32\\boot\\winload';

/** A loader of Windows PE that lacks stops each start after boot.wim was read: then there is no start. */
export function startsOf(boot: BootImage): NetworkStarts {
  const { starts: can, architecture, loaders, bootFiles } = boot.facts;
  const pc = architecture !== 'arm64';
  const lacks = (id: string): boolean => bootFiles.some((file) => file.id === id && file.path === undefined);
  const has = (role: BiosRole): boolean => (boot.image.file(biosFiles[role])?.size ?? 0) > 0;
  const uefi = can['uefi-network'];
  const bios = pc && can['bios-network'] && has('bootmgr.exe') && has('pxeboot.n12');
  const biosDisc = pc && can['bios-media'];
  return {
    starts: { uefi, uefiHttp: uefi, bios, biosDisc, ipxe: uefi || bios || biosDisc },
    missing: {
      uefi: [
        ...(loaders.length === 0 ? ['Windows\\Boot\\EFI\\bootmgfw.efi'] : []),
        ...(lacks('winload.efi') ? [`${winload}.efi`] : []),
      ],
      bios: pc
        ? [
            ...(has('pxeboot.n12') ? [] : ['Windows\\Boot\\PXE\\pxeboot.n12']),
            ...(has('bootmgr.exe') ? [] : ['Windows\\Boot\\PXE\\bootmgr.exe']),
            ...(lacks('winload.exe') ? [`${winload}.exe`] : []),
          ]
        : [],
    },
  };
}

/** Throws InputError (`NETWORK_BOOT_NOTHING`) for an image from which no firmware starts; damage is told by who reads the file. */
export function checkAnyStart(name: string, boot: BootImage, { starts, missing }: NetworkStarts): void {
  if (starts.uefi || starts.bios || starts.biosDisc || missing.uefi.length === 0) return;
  const otherwise = boot.facts.problems.some(
    ({ code, severity }) => severity === 'error' && code !== bootImageCode.BOOT_IMAGE_NO_BOOTMGFW,
  );
  if (otherwise) return;
  const [uefi, bios] = [areMissing(missing.uefi), areMissing(missing.bios)];
  const told = boot.facts.architecture === 'arm64' ? uefi : `for UEFI ${uefi}; for BIOS ${bios}`;
  throw new InputError(
    networkCode.NETWORK_BOOT_NOTHING,
    `${name}: no computer can start from it by the network: ${told}`,
    { details: missing, hint: put },
  );
}

const put = 'Take a boot image that has what lacks, or put it there: osdkit image update.';

/** A problem for each kind of firmware that cannot start: what lacks, who still can, what to do. */
export function startProblems(name: string, boot: BootImage, { starts, missing }: NetworkStarts): readonly Problem[] {
  const uefiCan = starts.uefi ? ['UEFI computers can, by PXE and by HTTP Boot'] : [];
  const biosCan = starts.bios ? ['BIOS computers can, by PXE'] : [];
  const biosDiscCan = starts.biosDisc && !starts.bios ? ['BIOS computers with iPXE can, by HTTP'] : [];
  const problems: Problem[] = [];
  if (!starts.uefi) {
    problems.push({
      code: networkCode.NETWORK_BOOT_NO_UEFI,
      severity: 'warning',
      message: [
        `${name}: UEFI computers cannot start from it, ${areMissing(missing.uefi)}`,
        ...biosCan,
        ...biosDiscCan,
      ].join('; '),
      hint: put,
    });
  }
  if (!starts.bios && boot.facts.architecture !== 'arm64') {
    problems.push({
      code: networkCode.NETWORK_BOOT_NO_BIOS,
      severity: 'warning',
      message: [
        `${name}: BIOS computers cannot start from it, ${areMissing(missing.bios)}`,
        ...uefiCan,
        ...biosDiscCan,
      ].join('; '),
      hint: starts.biosDisc
        ? 'Take a boot image that has what lacks, put it there (osdkit image update), or give an iPXE program of yours (key ipxe of the point).'
        : put,
    });
  }
  return problems;
}

function areMissing(paths: readonly string[]): string {
  return `${paths.join(' and ') || 'a file'} ${paths.length > 1 ? 'are' : 'is'} missing`;
}
