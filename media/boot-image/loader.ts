/** The UEFI boot manager of a medium: which of several, is it whole, and which PCs start it (boot-standards 6.4, 6.5). */
import { FormatError, InputError } from '../../src/core/index.ts';
import type { ByteSource } from '../../images/bytes/index.ts';
import { readPe, subsystem, type PeFile } from '../../images/pe/index.ts';
import { bootFile, loaderTargets } from './boot-files.ts';
import { bootImageCode } from './codes.ts';
import { mediumPlaces, type FoundFile, type Origin } from './origin.ts';
import { missing } from './presence.ts';
import type { Architecture, LoaderChoice, SigningCa } from './types.ts';

export interface FoundLoader extends FoundFile {
  readonly signingCa: LoaderChoice['signingCa'];
}

const off = 'With Secure Boot off every UEFI PC of this architecture starts it.';

/** Which PCs start a loader, by the CA that signed it. */
export const bootsWhere: Readonly<Record<LoaderChoice['signingCa'], string>> = {
  '2011':
    'Signed by the CA of 2011 (by its folder): starts with Secure Boot on where the PC trusts Microsoft Windows Production PCA 2011 ' +
    `and has not revoked it, which is most PCs made before 2025; PCs that trust the CA of 2023 alone refuse it. ${off}`,
  '2023':
    'Signed by the CA of 2023 (by its folder): starts with Secure Boot on where the PC trusts Windows UEFI CA 2023, which new PCs ' +
    `do and older ones do after a firmware or Windows update; PCs without it refuse it. ${off}`,
  unknown:
    'Its folder does not tell which CA signed it: with Secure Boot on it starts where the PC trusts that CA. ' + off,
};

/** `--boot-files` first, in the order in which nobody has to be asked: 2011, unknown, 2023; then the image: 2011, 2023. */
export function findLoaders(
  image: Origin,
  folder: Origin | undefined,
  architecture: Architecture,
): readonly FoundLoader[] {
  const by = (origin: Origin, ca: SigningCa): FoundLoader[] => {
    const row = bootFile(ca === '2011' ? 'bootmgfw' : 'bootmgfw-ex');
    const file = row.architectures.includes(architecture) ? origin.file(row.paths) : undefined;
    return file ? [{ ...file, signingCa: ca }] : [];
  };
  const found: FoundLoader[] = [];
  if (folder) {
    const onMedium = folder.file(mediumPlaces({ target: loaderTargets[architecture] }));
    found.push(...by(folder, '2011'));
    if (onMedium) found.push({ ...onMedium, signingCa: 'unknown' });
    found.push(...by(folder, '2023'));
  }
  return [...found, ...by(image, '2011'), ...by(image, '2023')];
}

/**
 * The first loader, or the first of the wished CA; one of unknown CA from --boot-files counts as what its giver wished.
 * Throws InputError (`BOOT_IMAGE_NO_BOOTMGFW`, `BOOT_IMAGE_SIGNING_CA`).
 */
export function chooseLoader(found: readonly FoundLoader[], wished?: SigningCa): FoundLoader {
  const [first] = found;
  if (!first) {
    const absent = missing(bootFile('bootmgfw'));
    throw new InputError(bootImageCode.BOOT_IMAGE_NO_BOOTMGFW, absent?.message ?? '', {
      hint: absent?.hint ?? '',
    });
  }
  if (wished === undefined) return first;
  const inFolder = found.filter(({ from }) => from === 'boot-files');
  const fits =
    inFolder.find(({ signingCa }) => signingCa === wished) ??
    inFolder.find(({ signingCa }) => signingCa === 'unknown') ??
    found.find(({ signingCa }) => signingCa === wished);
  if (fits) return fits;
  const there = [...new Set(found.map(({ signingCa }) => signingCa))];
  const folderName = wished === '2023' ? 'Windows\\Boot\\EFI_EX' : 'Windows\\Boot\\EFI';
  throw new InputError(
    bootImageCode.BOOT_IMAGE_SIGNING_CA,
    `--signing-ca ${wished}: no boot manager in ${folderName}; there is one of ${there.join(' and ')}`,
    {
      hint:
        wished === '2023'
          ? 'Images of April 2024 and later have it, and the ADK from 10.1.26100.2454 on; or leave --signing-ca out.'
          : 'Leave --signing-ca out, or give the loader with --boot-files DIR.',
      details: { wished, found: there },
    },
  );
}

/** Reads and judges a loader. Throws FormatError (`BOOT_IMAGE_LOADER`). */
export async function checkLoader(content: ByteSource, path: string, architecture: Architecture): Promise<PeFile> {
  const fail = (what: string, hint: string, cause?: unknown) =>
    new FormatError(bootImageCode.BOOT_IMAGE_LOADER, `${path}: ${what}`, {
      hint,
      details: { path, size: content.size },
      ...(cause === undefined ? {} : { cause }),
    });
  const pe = await readPe(content).catch((error: unknown) => {
    if (!(error instanceof FormatError) || !error.code.startsWith('PE_')) throw error;
    throw fail(`damaged: ${error.message}`, 'Copy it again from its source, as binary.', error);
  });
  if (pe.machine !== architecture) {
    throw fail(
      `the boot manager is for ${pe.machine}, the image for ${architecture}`,
      'Boot manager and image must have one architecture.',
    );
  }
  if (pe.subsystem !== subsystem.efiApplication) {
    throw fail(
      `subsystem ${pe.subsystem}, firmware starts EFI applications (${subsystem.efiApplication}) only`,
      pe.subsystem === subsystem.windowsBootApplication
        ? 'This is bootmgr.efi or another boot application: give bootmgfw.efi.'
        : 'Give bootmgfw.efi.',
    );
  }
  return pe;
}
