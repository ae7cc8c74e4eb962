/** Deciding what a boot image is for the network: the medium that it becomes, the files beside it, who can start from it. */
import type { ByteSource } from '../../images/bytes/index.ts';
import { openWim } from '../../images/wim/index.ts';
import type { OperationContext, Problem } from '../../src/core/index.ts';
import { bootImageCode, inspectBootImage, type SigningCa } from '../boot-image/index.ts';
import { bootableCode, bootableMedia, type BootablePlan } from '../bootable/index.ts';
import { preparedKey } from './key.ts';
import { biosFiles, checkAnyStart, startProblems, startsOf, type BiosRole } from './starts.ts';
import type { NetworkBootSpec, NetworkStart, PreparedImage, SigningAuthority } from './types.ts';

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

/**
 * Reads the image and decides everything. One that only some firmware can start from is taken, and its problems say who cannot. Throws
 * InputError (`NETWORK_BOOT_NOTHING`) where nobody can, and as the builder of bootable media: without boot.sdi nothing starts.
 */
export async function planNetworkBoot(spec: NetworkBootSpec, context: OperationContext): Promise<NetworkBootPlan> {
  const { bootImage, bootImageName, index, bootstrap, toolVersion } = spec;
  const options = index === undefined ? {} : { index };
  const boot = await inspectBootImage(await openWim(bootImage), options);
  const network = startsOf(boot);
  checkAnyStart(bootImageName, boot, network);
  const withoutLoader = boot.facts.loaders.length === 0;
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
      ...(withoutLoader ? { withoutLoader } : signingCa === undefined ? {} : { signingCa }),
      ...(bootstrap === undefined ? {} : { site: { bootstrap } }),
    },
    context,
  );
  const bios = Object.entries(biosFiles).flatMap(([role, path]) => {
    const content = boot.image.file(path);
    return content && content.size > 0 ? [{ role: role as BiosRole, content }] : [];
  });
  const { facts } = boot;
  const loaderNote = medium.notes.find(({ code }) => code === bootableCode.MEDIA_SECURE_BOOT);
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
    loader: withoutLoader ? null : { signingCa: signingCaOf(medium), boots: loaderNote?.message ?? '' },
    starts: network.starts,
    problems: [
      ...medium.notes.filter((note) => isOfNetwork(note, withoutLoader)).map(ofImageAlone),
      ...startProblems(bootImageName, boot, network),
    ],
  };
}

/** The rest is about the disc itself, or about what this image was never asked for. */
function isOfNetwork({ code }: Problem, withoutLoader: boolean): boolean {
  if (code === bootableCode.MEDIA_SECURE_BOOT || code === bootableCode.MEDIA_LAYOUT) return false;
  return !(withoutLoader && code === bootImageCode.BOOT_IMAGE_NO_BOOTMGR);
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

function signingCaOf({ document }: BootablePlan): NonNullable<PreparedImage['loader']>['signingCa'] {
  const { signingCa } = document;
  return signingCa === '2011' || signingCa === '2023' ? signingCa : 'unknown';
}
