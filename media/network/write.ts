/** Writing a prepared boot image: the image file by the builder of bootable media, the files of BIOS beside it, the document last. */
import { digestSources, openFile, readAll, sliceSource, transfer, writeOutput } from '../../images/bytes/index.ts';
import { coreCode, InternalError, type OperationContext } from '../../src/core/index.ts';
import { mediaPath, readManifest } from '../../src/protocol/index.ts';
import { loaderTargets, uefiFolder } from '../boot-image/index.ts';
import { bootableMedia } from '../bootable/index.ts';
import { buildMedia } from '../builder/index.ts';
import { bootSdiPath, bootWimPath } from '../layout/index.ts';
import { preparedDocument, writePrepared } from './document.ts';
import type { NetworkBootPlan } from './plan.ts';
import type { NetworkRole, PreparedImage, PreparedSlice } from './types.ts';

const isoName = 'boot.iso';

/**
 * Writes the files of a plan at the places that `place` gives for their names. Throws what the builder throws: EnvironmentError for a
 * full disk, IntegrityError when what was written does not verify.
 */
export async function writeNetworkBoot(
  plan: NetworkBootPlan,
  place: (name: string) => string,
  context: OperationContext,
): Promise<PreparedImage> {
  const { key, spec, medium, bios, image, loader, starts, problems } = plan;
  const iso = await buildMedia(bootableMedia, medium, place(isoName), { force: false }, context);
  const slices = await slicesOfMedium(plan, place(isoName));
  const files = [{ name: isoName, size: medium.size, sha256: iso.sha256 }];
  const roles: Partial<Record<NetworkRole, PreparedSlice>> = {
    'boot.iso': { file: isoName, offset: 0, size: medium.size, sha256: iso.sha256 },
    ...slices.roles,
  };
  const digests = await digestSources(
    bios.map(({ content }) => content),
    context,
    'reading boot programs',
  );
  for (const [at, { role, content }] of bios.entries()) {
    await writeOutput(place(role), { force: false }, context, (sink) =>
      transfer([{ at: 0, source: content }], sink, context, 'writing boot programs'),
    );
    const file = { name: role, size: content.size, sha256: digests[at] as string };
    files.push(file);
    roles[role] = { file: role, offset: 0, size: file.size, sha256: file.sha256 };
  }
  const document = {
    key,
    source: { sha256: spec.sha256, size: spec.bootImage.size },
    image,
    mediaId: medium.mediaId,
    loader,
    files,
    roles,
    beside: slices.beside,
    starts,
    problems: problems.map(({ code, severity, message, hint }) => ({
      code,
      severity,
      message,
      ...(hint === undefined ? {} : { hint }),
    })),
  };
  const bytes = writePrepared(document);
  await writeOutput(place(preparedDocument), { force: false }, context, (sink) => sink.write(0, bytes));
  return { ...document, osdkit: 1, kind: 'network-boot' };
}

/** Where the files of the medium lie in the image file, with the digests that its verified manifest has. */
async function slicesOfMedium(plan: NetworkBootPlan, iso: string): Promise<Pick<PreparedImage, 'roles' | 'beside'>> {
  const { medium, image, loader } = plan;
  const places = new Map(medium.layout.files.map((file) => [file.path, file]));
  await using file = await openFile(iso);
  const manifestPlace = places.get(mediaPath.manifest);
  if (manifestPlace?.offset === undefined) throw notPlanned(mediaPath.manifest);
  const manifest = readManifest(await readAll(sliceSource(file, manifestPlace.offset, manifestPlace.size)));
  const digests = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
  const sliceOf = (path: string): PreparedSlice | undefined => {
    const found = places.get(path);
    const sha256 = digests.get(path);
    if (found?.offset === undefined || sha256 === undefined) return undefined;
    return { file: isoName, offset: found.offset, size: found.size, sha256 };
  };
  const roles: Partial<Record<NetworkRole, PreparedSlice>> = {};
  for (const [role, path] of [
    ['boot.wim', bootWimPath],
    ['boot.sdi', bootSdiPath],
    ...(loader === null ? [] : [['bootmgfw.efi', loaderTargets[image.architecture]] as const]),
  ] as const) {
    const slice = sliceOf(path);
    if (!slice) throw notPlanned(path);
    roles[role] = slice;
  }
  const beside = [...places.keys()].filter(isBeside).flatMap((path) => {
    const slice = sliceOf(path);
    return slice ? [{ path: path.toLowerCase(), ...slice }] : [];
  });
  return { roles, beside };
}

/** Fonts, policies and boot.stl; stores are made for each client. */
function isBeside(path: string): boolean {
  const lower = path.toLowerCase();
  const folder = `${uefiFolder.toLowerCase()}/`;
  return (lower.startsWith(folder) && lower !== `${folder}bcd`) || lower.startsWith('boot/fonts/');
}

function notPlanned(path: string): InternalError {
  return new InternalError(coreCode.CORE_UNEXPECTED, `the prepared image file has no ${path}`);
}
