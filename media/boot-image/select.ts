/** What goes from a boot image, or from the folder of --boot-files, onto a medium, and where. */
import { InputError } from '../../src/core/index.ts';
import { treeFromFiles } from '../../images/tree/index.ts';
import { bootFile, bootFiles, loaderTargets, type BootFile } from './boot-files.ts';
import { bootImageCode } from './codes.ts';
import { checkBootmgrFile } from './damage.ts';
import { bootsWhere } from './boots-where.ts';
import { checkLoader, chooseLoader, findLoaders } from './loader.ts';
import { directoryOrigin, imageOrigin, mediumPlaces, type FoundFile, type Origin } from './origin.ts';
import { missing } from './presence.ts';
import { sortProblems } from './problems.ts';
import { checkBootSdi } from './sdi-check.ts';
import { signatureCodes, signatureProblems } from './signature.ts';
import type {
  Architecture,
  BiosFileSelection,
  BootFileSelection,
  BootImage,
  BootImageProblem,
  LoaderChoice,
  SelectOptions,
} from './types.ts';

interface PlacedFile extends FoundFile {
  readonly target: string;
}

/**
 * The boot files of a medium at their target paths: loader, boot.sdi, `bootmgr` for BIOS, boot.stl, policies, fonts.
 * InputError with the code of the missing file when bootmgfw.efi or boot.sdi is nowhere, or `BOOT_IMAGE_SIGNING_CA`,
 * `BOOT_IMAGE_BOOT_FILES`; FormatError when a file is damaged (`BOOT_IMAGE_LOADER`, `BOOT_IMAGE_BOOTMGR_*`, `BOOT_IMAGE_BOOT_SDI`).
 */
export async function selectBootFiles(boot: BootImage, options: SelectOptions = {}): Promise<BootFileSelection> {
  const architecture = architectureOf(boot);
  const image = imageOrigin(boot.image);
  const folder = options.bootFiles && directoryOrigin(options.bootFiles);
  const found = chooseLoader(await findLoaders(image, folder, architecture), options.signingCa);
  const pe = await checkLoader(found.content, found.path, architecture);
  const { signingCas } = found.facts;
  const wished = signingCas.find((ca) => ca === options.signingCa);
  const loader: LoaderChoice = {
    signingCa: wished ?? signingCas[0] ?? 'unknown',
    facts: found.facts,
    from: found.from,
    path: found.path,
    target: loaderTargets[architecture],
    version: pe.version?.fileVersion,
    boots: bootsWhere(found.facts),
  };
  const placed = [{ ...found, target: loader.target }];
  return { ...(await selectAround(boot, loader, placed, folder)), loader };
}

/**
 * The boot files of an image that has no UEFI boot manager: boot.sdi, fonts, and `bootmgr` where it has one. For the network, where a
 * BIOS PC asks for other programs. Throws as `selectBootFiles`, but for the loader.
 */
export async function selectBiosFiles(boot: BootImage): Promise<BiosFileSelection> {
  return { ...(await selectAround(boot, undefined, [], undefined)), loader: undefined };
}

function architectureOf({ facts: { architecture, index } }: BootImage): Architecture {
  if (architecture !== undefined) return architecture;
  throw new InputError(bootImageCode.BOOT_IMAGE_ARCHITECTURE_UNKNOWN, `image ${index} has no known architecture`);
}

/** All but the loader, which is `placed` already where there is one. */
async function selectAround(
  boot: BootImage,
  loader: LoaderChoice | undefined,
  placed: PlacedFile[],
  folder: Origin | undefined,
): Promise<Omit<BootFileSelection, 'loader'>> {
  const architecture = architectureOf(boot);
  const image = imageOrigin(boot.image);
  const problems: BootImageProblem[] = [...(loader === undefined ? [] : loaderProblems(loader))];
  const rows = bootFiles.filter((row) => row.target !== undefined && row.signingCa === undefined);
  const bios = rows.some((row) => row.id === 'bootmgr' && findRow(row, folder, image, loader).length > 0);
  for (const row of rows) {
    if (!row.architectures.includes(architecture)) continue;
    // Fonts in a second place serve BIOS alone.
    if (!bios && row.usedBy.length > 0 && row.usedBy.every((start) => start === 'bios-media')) continue;
    if (loader === undefined && isForUefi(row)) continue;
    const files = findRow(row, folder, image, loader);
    placed.push(...files);
    const absent = files.length === 0 ? missing(row) : undefined;
    if (absent?.severity === 'error') throw new InputError(absent.code, absent.message, { hint: absent.hint ?? '' });
    if (absent) problems.push(absent);
  }
  await checkPlaced(placed);
  problems.push(...imageProblems(boot, bios, loader));
  if (folder && !placed.some(({ from }) => from === 'boot-files')) {
    throw new InputError(
      bootImageCode.BOOT_IMAGE_BOOT_FILES,
      'the folder of --boot-files holds none of the boot files',
      {
        hint: 'It should look like a medium (EFI/Boot/bootx64.efi, Boot/boot.sdi) or like Windows\\Boot (EFI/bootmgfw.efi).',
      },
    );
  }
  return {
    tree: treeFromFiles(placed.map(({ target, content }) => ({ path: target, content }))),
    files: placed.map(({ target, from, path, content }) => ({ target, from, path, size: content.size })),
    bios,
    problems: sortProblems(problems),
  };
}

/** Whether only UEFI boot managers read it: boot.stl, policies. */
function isForUefi({ neededBy, usedBy }: BootFile): boolean {
  return [...neededBy, ...usedBy].every((start) => start.startsWith('uefi'));
}

/** The files of a row at their places: from the folder where it has any, else from the image. */
function findRow(
  row: BootFile,
  folder: Origin | undefined,
  image: Origin,
  loader: LoaderChoice | undefined,
): readonly PlacedFile[] {
  const target = row.target as string;
  const beside = loader?.facts.folderCa ?? loader?.signingCa;
  const paths = [...(beside === '2023' ? (row.paths2023 ?? []) : []), ...row.paths];
  for (const origin of folder ? [folder, image] : [image]) {
    if (row.kind === 'folder') {
      const members = origin.members(row, paths);
      if (members.length > 0) {
        return members.map((file) => ({ ...file, target: `${target}/${withoutEx(file.name)}` }));
      }
      continue;
    }
    const file = origin.file(origin === folder ? [...paths, ...mediumPlaces(row)] : paths);
    if (file) return [{ ...file, target }];
  }
  return [];
}

/** `wgl4_boot_EX.ttf` goes on the medium as `wgl4_boot.ttf` (boot-standards 6.6). */
function withoutEx(name: string): string {
  return name.replace(/_EX(?=\.\w+$)/i, '');
}

async function checkPlaced(placed: readonly PlacedFile[]): Promise<void> {
  for (const file of placed) {
    if (file.target === bootFile('bootmgr').target) await checkBootmgrFile(file);
    if (file.target === bootFile('boot.sdi').target) await checkBootSdi(file.content, file.path);
  }
}

/** About the chosen loader; those of one from the image stand in its facts. */
function loaderProblems({ facts, from, path, signingCa }: LoaderChoice): readonly BootImageProblem[] {
  const problems = from === 'image' ? [] : signatureProblems(facts);
  if (signingCa !== 'unknown' || facts.state !== 'unsigned') return problems;
  return [
    ...problems,
    {
      code: bootImageCode.BOOT_IMAGE_SIGNING_CA_UNKNOWN,
      severity: 'note',
      message: `${path}: this boot manager is not signed, and its place does not tell by which CA it should be`,
      hint: 'A folder laid out as Windows\\Boot tells: EFI holds loaders of 2011, EFI_EX those of 2023.',
      path,
    },
  ];
}

/** What the image itself lacks for a medium: all but files that were looked for here again, loaders left out, network starts. */
function imageProblems(boot: BootImage, bios: boolean, loader: LoaderChoice | undefined): readonly BootImageProblem[] {
  const rowOf = (code: string) => bootFiles.find((row) => row.code === code);
  return boot.facts.problems.filter(({ code, severity, path }) => {
    if (signatureCodes.includes(code)) return loader?.from === 'image' && path === loader.path;
    const row = rowOf(code);
    if (severity === 'error' || row?.target !== undefined) return false;
    if (loader === undefined && row !== undefined && isForUefi(row)) return false;
    return (
      row === undefined || row.neededBy.some((start) => start === 'uefi-media' || (bios && start === 'bios-media'))
    );
  });
}
