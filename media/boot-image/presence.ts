/** Which boot files an image has, which starts that allows, and a message of its own for each file that is missing. */
import type { WimImage } from '../../images/wim/index.ts';
import { bootFiles, type BootFile } from './boot-files.ts';
import { imageOrigin } from './origin.ts';
import type { Architecture, BootFileState, BootImageProblem, SigningCa, Start } from './types.ts';

export interface Presence {
  readonly bootFiles: readonly BootFileState[];
  readonly signingCas: readonly SigningCa[];
  readonly starts: Readonly<Record<Start, boolean>>;
}

const allStarts: readonly Start[] = ['uefi-media', 'bios-media', 'uefi-network', 'bios-network'];

/** Rows that images of this architecture can have; all when it is unknown. */
export function rowsFor(architecture: Architecture | undefined): readonly BootFile[] {
  return bootFiles.filter((row) => architecture === undefined || row.architectures.includes(architecture));
}

/** Looks for every boot file in the image. Throws what `image.file` throws. */
export function readPresence(image: WimImage, architecture: Architecture | undefined): Presence {
  const rows = rowsFor(architecture);
  const origin = imageOrigin(image);
  const states = rows.map((row): BootFileState => {
    const paths = [...row.paths, ...(row.paths2023 ?? [])];
    if (row.kind === 'file') {
      const file = origin.file(paths);
      return { id: row.id, path: file?.path, size: file?.content.size ?? 0 };
    }
    const members = origin.members(row, paths);
    const [first] = members;
    return {
      id: row.id,
      path: first?.path.slice(0, first.path.length - first.name.length - 1),
      size: members.reduce((sum, member) => sum + member.content.size, 0),
    };
  });
  const present = new Set(states.filter(({ path }) => path !== undefined).map(({ id }) => id));
  const signingCas = rows.flatMap((row) => (row.signingCa && present.has(row.id) ? [row.signingCa] : []));
  const starts = Object.fromEntries(
    allStarts.map((start) => [start, canStart(start, rows, present, signingCas.length > 0)]),
  ) as Record<Start, boolean>;
  return { bootFiles: states, signingCas, starts };
}

function canStart(start: Start, rows: readonly BootFile[], present: ReadonlySet<string>, loader: boolean): boolean {
  const needed = rows.filter((row) => row.neededBy.includes(start));
  // arm64 has no BIOS: no row that only BIOS needs stands for it.
  if (start.startsWith('bios') && !needed.some((row) => row.neededBy.every((other) => other.startsWith('bios')))) {
    return false;
  }
  return needed.every((row) => (row.signingCa === undefined ? present.has(row.id) : loader));
}

/** One problem for each absent file that matters: what it is for, what is lost, where it was looked for. */
export function missingFiles(presence: Presence, architecture: Architecture | undefined): readonly BootImageProblem[] {
  return rowsFor(architecture).flatMap((row) => {
    const state = presence.bootFiles.find(({ id }) => id === row.id);
    if (state?.path !== undefined) return [];
    if (row.signingCa !== undefined && presence.signingCas.length > 0) return [];
    return missing(row) ?? [];
  });
}

/** The problem of a missing row; undefined for rows that nothing misses. */
export function missing(row: BootFile): BootImageProblem | undefined {
  if (row.code === undefined) return undefined;
  const places = row.paths.map((path) => path.replaceAll('/', '\\')).join(' or ');
  return {
    code: row.code,
    severity: severityOf(row),
    message: `${places} is missing: ${row.purpose}. ${row.lost}`,
    ...(row.target === undefined ? {} : { hint: hintFor(row) }),
    path: row.paths[0] as string,
  };
}

function hintFor(row: BootFile): string {
  const place = row.signingCa === undefined ? row.target : 'EFI/bootmgfw.efi or EFI/Boot/bootx64.efi';
  return `Give a folder that has it with --boot-files DIR (there as ${place}), or take a boot image that has it.`;
}

/** Media cannot be without loader and boot.sdi; what concerns the network only is no more than a note. */
function severityOf(row: BootFile): BootImageProblem['severity'] {
  if (row.neededBy.includes('uefi-media')) return row.target === undefined ? 'warning' : 'error';
  return row.neededBy.length > 0 && row.neededBy.every((start) => start.endsWith('network')) ? 'note' : 'warning';
}
