/** Inspecting a boot image: collects what the other files of this folder find, and refuses what no medium can be made of. */
import { InputError } from '../../src/core/index.ts';
import type { Wim, WimImage } from '../../images/wim/index.ts';
import { readArchitecture } from './architecture.ts';
import { chooseImage, openCandidate, type Candidate } from './choose.ts';
import { bootImageCode } from './codes.ts';
import { damagedFiles } from './damage.ts';
import { engineDlls } from './engine-dlls.ts';
import { flavourOf } from './flavour.ts';
import { bootFile } from './boot-files.ts';
import { missingFiles, readPresence, type Presence } from './presence.ts';
import { readText } from './read-file.ts';
import { sortProblems } from './problems.ts';
import { readLoader, signatureProblems } from './signature.ts';
import type {
  BootImage,
  BootImageFacts,
  BootImageProblem,
  InspectOptions,
  LoaderFacts,
  ProgramFacts,
} from './types.ts';
import { passesAsWinpe, reasonsOf, winpeTests } from './winpe-tests.ts';

/**
 * Chooses the Windows PE image of a WIM and tells all about it. InputError: `BOOT_IMAGE_NOT_WINPE`, `BOOT_IMAGE_SEVERAL`,
 * `BOOT_IMAGE_ARCHITECTURE_DISAGREES`, `BOOT_IMAGE_ARCHITECTURE_UNKNOWN`, `BOOT_IMAGE_ARCHITECTURE_OTHER`, and what
 * `wim.image` throws. Missing boot files are `facts.problems`: `selectBootFiles` decides about them.
 */
export async function inspectBootImage(wim: Wim, options: InspectOptions = {}): Promise<BootImage> {
  const inspected = await examine(await chooseImage(wim, options.index));
  const { facts } = inspected;
  if (!facts.isWinpe) {
    throw new InputError(
      bootImageCode.BOOT_IMAGE_NOT_WINPE,
      `image ${facts.index} (${facts.name}) is not Windows PE: ${reasonsOf(facts.winpeTests)}`,
      { hint: 'Give sources/boot.wim of Windows media, winpe.wim of the ADK, or winre.wim, or another --index.' },
    );
  }
  const fatal = facts.problems.find(({ code }) => architectureCodes.includes(code));
  if (fatal) {
    const hint = fatal.hint === undefined ? {} : { hint: fatal.hint };
    throw new InputError(fatal.code, fatal.message, hint);
  }
  if (options.architecture !== undefined && facts.architecture !== options.architecture) {
    throw new InputError(
      bootImageCode.BOOT_IMAGE_ARCHITECTURE_OTHER,
      `image ${facts.index} (${facts.name}) is for ${facts.architecture}, asked for was ${options.architecture}`,
      { hint: 'Give the boot image of that architecture, or leave --architecture out.' },
    );
  }
  return inspected;
}

/** The same for one image, Windows PE or not: what is wrong stands in `facts.problems`. Throws what `wim.image` throws. */
export async function inspectImage(wim: Wim, index: number): Promise<BootImage> {
  return examine(await openCandidate(wim, index));
}

const architectureCodes: readonly string[] = [
  bootImageCode.BOOT_IMAGE_ARCHITECTURE_DISAGREES,
  bootImageCode.BOOT_IMAGE_ARCHITECTURE_UNKNOWN,
];

async function examine({ image, registry }: Candidate): Promise<BootImage> {
  const { info } = image;
  const problems: BootImageProblem[] = [];
  const tests = await winpeTests(image, registry);
  const winpe = passesAsWinpe(tests);
  const { architecture, programs } = await readArchitecture(image, problems);
  const ini = await readText(image, 'Windows/System32/winpeshl.ini', problems);
  const startnet = await readText(image, 'Windows/System32/startnet.cmd', problems);
  const { flavour, reason } = flavourOf({ image, ini: ini ?? '', startnet: startnet ?? '' });
  const setupCommand = winpe ? await registry.setupCommand() : undefined;
  const scratchSpace = winpe ? await registry.scratchSpace() : undefined;
  const presence = readPresence(image, architecture);
  problems.push(...registry.problems);
  const damage = await damagedFiles(image, presence.bootFiles, architecture);
  const loaders = winpe ? await readLoaders(image, presence) : [];
  if (winpe) problems.push(...missingFiles(presence, architecture), ...damage, ...loaders.flatMap(signatureProblems));
  const version = versionOf(image.info.version, programs);
  const facts: BootImageFacts = {
    index: image.index,
    name: info.name ?? '',
    description: info.description ?? '',
    isWinpe: winpe,
    winpeTests: tests,
    architecture,
    version,
    build: version === undefined ? undefined : Number(version.split('.')[2]),
    edition: info.edition,
    installationType: info.installationType,
    productName: info.productName,
    languages: info.languages,
    defaultLanguage: info.defaultLanguage,
    programs,
    flavour,
    flavourReason: reason,
    winpeshlIni: ini,
    startnetCmd: startnet,
    setupCommand,
    scratchSpace,
    bootFiles: presence.bootFiles,
    loaders,
    signingCas: winpe ? [...new Set(loaders.flatMap(({ signingCas }) => signingCas))] : presence.signingCas,
    starts: startsWithout(presence.starts, damage),
    missingEngineDlls: engineDlls.filter((name) => image.find(`Windows/System32/${name}`) === undefined),
    problems: sortProblems(problems),
  };
  return { facts, image };
}

/** The boot managers of the image, in the order of `bootFiles`. */
async function readLoaders(image: WimImage, { bootFiles }: Presence): Promise<readonly LoaderFacts[]> {
  const loaders: LoaderFacts[] = [];
  for (const { id, path } of bootFiles) {
    const { signingCa } = bootFile(id);
    const content = signingCa === undefined || path === undefined ? undefined : image.file(path);
    if (path !== undefined && content) loaders.push(await readLoader(content, path, signingCa));
  }
  return loaders;
}

/** A damaged file is as good as none. */
function startsWithout(
  starts: BootImageFacts['starts'],
  damage: readonly BootImageProblem[],
): BootImageFacts['starts'] {
  const damaged = (prefix: string) => damage.some(({ code }) => code.startsWith(prefix));
  const sdi = damaged(bootImageCode.BOOT_IMAGE_BOOT_SDI);
  const loader = damaged(bootImageCode.BOOT_IMAGE_LOADER);
  return {
    'uefi-media': starts['uefi-media'] && !sdi && !loader,
    'bios-media': starts['bios-media'] && !sdi && !damaged('BOOT_IMAGE_BOOTMGR_'),
    'uefi-network': starts['uefi-network'] && !sdi && !loader,
    'bios-network': starts['bios-network'] && !sdi,
  };
}

type XmlVersion = Wim['images'][number]['version'];

function versionOf(xml: XmlVersion, programs: readonly ProgramFacts[]): string | undefined {
  if (xml) return `${xml.major}.${xml.minor}.${xml.build}.${xml.spBuild}`;
  return programs.find((program) => program.version !== undefined)?.version;
}
