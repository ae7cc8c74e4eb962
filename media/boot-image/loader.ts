/** The UEFI boot manager of a medium: which of several, and is it whole (boot-standards 6.4). */
import { FormatError, InputError } from '../../src/core/index.ts';
import type { ByteSource } from '../../images/bytes/index.ts';
import { readPe, subsystem, type PeFile } from '../../images/pe/index.ts';
import { bootFile, loaderTargets } from './boot-files.ts';
import { bootImageCode } from './codes.ts';
import { mediumPlaces, type FoundFile, type Origin } from './origin.ts';
import { missing } from './presence.ts';
import { readLoader } from './signature.ts';
import type { Architecture, LoaderFacts, SigningCa } from './types.ts';

export interface FoundLoader extends FoundFile {
  readonly facts: LoaderFacts;
}

/**
 * All loaders there are: those of --boot-files, then those of the image; among each, in the order in which nobody has to be
 * asked: signed by the CA of 2011, unknown, by that of 2023.
 */
export async function findLoaders(
  image: Origin,
  folder: Origin | undefined,
  architecture: Architecture,
): Promise<readonly FoundLoader[]> {
  const found: FoundLoader[] = [];
  for (const origin of folder ? [folder, image] : [image]) {
    const read: FoundLoader[] = [];
    const take = async (file: FoundFile | undefined, folderCa?: SigningCa) => {
      if (file) read.push({ ...file, facts: await readLoader(file.content, file.path, folderCa) });
    };
    for (const id of ['bootmgfw', 'bootmgfw-ex']) {
      const row = bootFile(id);
      if (row.architectures.includes(architecture)) await take(origin.file(row.paths), row.signingCa);
    }
    if (origin === folder) await take(folder.file(mediumPlaces({ target: loaderTargets[architecture] })));
    found.push(...read.sort((a, b) => rank(a) - rank(b)));
  }
  return found;
}

function rank({ facts: { signingCas } }: FoundLoader): number {
  if (signingCas.includes('2011')) return 0;
  return signingCas.length === 0 ? 1 : 2;
}

/**
 * The first loader, or the first of the wished CA; one of unknown CA from --boot-files counts as what its giver wished, if it
 * is not signed. Throws InputError (`BOOT_IMAGE_NO_BOOTMGFW`, `BOOT_IMAGE_SIGNING_CA`).
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
  const isWished = ({ facts }: FoundLoader) => facts.signingCas.includes(wished);
  const fits =
    inFolder.find(isWished) ??
    inFolder.find(({ facts }) => facts.signingCas.length === 0 && facts.signatures.length === 0) ??
    found.find(isWished);
  if (fits) return fits;
  const there = [
    ...new Set(
      found.flatMap(({ facts }): readonly string[] =>
        facts.signingCas.length > 0 ? facts.signingCas : [signers(facts)],
      ),
    ),
  ];
  const folderName = wished === '2023' ? 'Windows\\Boot\\EFI_EX' : 'Windows\\Boot\\EFI';
  throw new InputError(
    bootImageCode.BOOT_IMAGE_SIGNING_CA,
    `--signing-ca ${wished}: no boot manager of the CA of ${wished}, neither by certificate nor unsigned in ${folderName}; there is ` +
      `one of ${there.join(' and ')}`,
    {
      hint:
        wished === '2023'
          ? 'Images of April 2024 and later have it, and the ADK from 10.1.26100.2454 on; or leave --signing-ca out.'
          : 'Leave --signing-ca out, or give the loader with --boot-files DIR.',
      details: { wished, found: there },
    },
  );
}

/** Who signed, where it is none of the two CAs. */
function signers({ signatures }: LoaderFacts): string {
  return signatures.length === 0
    ? 'an unknown one'
    : signatures.map(({ signer }) => `"${signer.issuer}"`).join(' and ');
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
