/** Boot images made ready for the network, each version once, in a folder of its own. */
import { join } from 'node:path';
import {
  digestSources,
  fileOnDisk,
  fileSizes,
  openFile,
  readAll,
  removeFolder,
  writeFolder,
} from '../../../images/bytes/index.ts';
import {
  checkSizes,
  networkCode,
  planNetworkBoot,
  preparedDocument,
  preparedKey,
  readPrepared,
  writeNetworkBoot,
  type NetworkBootSpec,
  type PreparedImage,
} from '../../../media/network/index.ts';
import { FormatError, InputError, IntegrityError, type OperationContext } from '../../core/index.ts';

/** A boot image in its folder, read and found whole. */
export interface PreparedFolder {
  readonly folder: string;
  readonly prepared: PreparedImage;
  /** Whether it was made by this call. */
  readonly made: boolean;
}

/** Of a site: beside its state, not in git. */
export function preparedPlace(site: string): string {
  return join(site, 'state', 'network-boot');
}

/**
 * The prepared image of `spec` below `place`: as it is there, else made now. One that is damaged is made again; with `verify` every byte
 * is read to see that. Throws what makes a bootable medium impossible, and IntegrityError (`NETWORK_BOOT_CONTENT`) when the image is not
 * what its digest says.
 */
export async function prepareImage(
  place: string,
  spec: NetworkBootSpec,
  context: OperationContext,
  options: { readonly verify?: boolean } = {},
): Promise<PreparedFolder> {
  const key = preparedKey(spec);
  const folder = join(place, key);
  const found = await openPrepared(folder, key, context, options.verify);
  if (found) return { folder, prepared: found, made: false };
  await removeFolder(folder);
  const plan = await planNetworkBoot(spec, context);
  const actual = plan.medium.document.inputs.find(({ role }) => role === 'boot-image')?.sha256;
  if (actual !== spec.sha256) {
    throw new IntegrityError(
      networkCode.NETWORK_BOOT_CONTENT,
      `${spec.bootImageName}: its bytes have the SHA-256 ${actual ?? ''}, expected was ${spec.sha256}`,
      { details: { expected: spec.sha256, actual: actual ?? '' }, hint: 'Take the boot image into the site again.' },
    );
  }
  const prepared = await writeFolder(folder, context, (partial) =>
    writeNetworkBoot(plan, (name) => join(partial, name), context),
  );
  return { folder, prepared, made: true };
}

/** The prepared image of a folder; undefined where there is none, or one that cannot be served: the log says why. */
export async function openPrepared(
  folder: string,
  key: string,
  context: OperationContext,
  verify = false,
): Promise<PreparedImage | undefined> {
  const sizes = await fileSizes(folder);
  if (!sizes?.has(preparedDocument)) return undefined;
  const place = join(folder, preparedDocument);
  await using file = await openFile(place);
  try {
    const prepared = readPrepared(await readAll(file), place);
    checkSizes(prepared, folder, (name) => sizes.get(name));
    if (verify) await checkDigests(prepared, folder, context);
    return prepared.key === key ? prepared : undefined;
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof InputError)) throw error;
    context.log.write('warning', `${error.message}; it is prepared again`);
    return undefined;
  }
}

/** Throws InputError (`NETWORK_BOOT_DAMAGED`) for a file that has other bytes than the document says. */
async function checkDigests(prepared: PreparedImage, folder: string, context: OperationContext): Promise<void> {
  const sources = await Promise.all(prepared.files.map(({ name }) => fileOnDisk(join(folder, name))));
  const digests = await digestSources(sources, context, 'verifying the prepared image');
  const damaged = prepared.files.find(({ sha256 }, at) => sha256 !== digests[at]);
  if (damaged === undefined) return;
  throw new InputError(networkCode.NETWORK_BOOT_DAMAGED, `${folder}: ${damaged.name} was changed or is damaged`, {
    details: { path: folder, file: damaged.name },
    hint: 'Remove the folder: the boot image is prepared again.',
  });
}
