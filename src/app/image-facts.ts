/** What an object of a site says about its WIM: from the XML data, for Windows PE from its programs, too. */
import type { Wim, WimImageInfo } from '../../images/wim/index.ts';
import type { Architecture, BootImage, OperatingSystem } from '../model/index.ts';
import { lcidOf } from './windows-languages.ts';

/** PROCESSOR_ARCHITECTURE of the XML data. */
const architectures: ReadonlyMap<number | undefined, Architecture> = new Map([
  [0, 'x86'],
  [9, 'x64'],
  [12, 'arm64'],
]);

type Edition = NonNullable<OperatingSystem['editions']>[number];

/** Whether the images are Windows PE: as the XML data says, else as the first one's files say. */
export async function isWindowsPe(wim: Wim): Promise<boolean> {
  const said = wim.images.map(({ installationType, edition }) => installationType ?? edition);
  if (said.every((type) => type !== undefined)) return said.every((type) => type === 'WindowsPE');
  const { inspectImage } = await import('../../media/boot-image/index.ts');
  return (await inspectImage(wim, 1)).facts.isWinpe;
}

/** Labels and editions of an operating system image or upgrade package. */
export function systemFacts(
  images: readonly WimImageInfo[],
): Pick<OperatingSystem, 'architecture' | 'language' | 'version' | 'editions'> {
  const editions = images.map(editionOf);
  const architecture = same(editions.map((edition) => edition.architecture));
  const language = same(images.map(({ defaultLanguage = '' }) => lcidOf(defaultLanguage)));
  const version = same(editions.map((edition) => edition.version));
  return {
    ...(version === undefined ? {} : { version }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(language === undefined ? {} : { language }),
    editions,
  };
}

function editionOf(image: WimImageInfo): Edition {
  const { index, name, edition, arch, languages } = image;
  const architecture = architectures.get(arch);
  const version = versionOf(image);
  return {
    index,
    ...(name === undefined || name === '' ? {} : { name }),
    ...(edition === undefined || edition === '' ? {} : { edition }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(version === undefined ? {} : { version }),
    ...(languages.length === 0 ? {} : { language: languages.join(', ') }),
  };
}

/** `10.0.26100.1`: the last number is the service pack build. */
function versionOf({ version }: WimImageInfo): string | undefined {
  return version && [version.major, version.minor, version.build, version.spBuild].join('.');
}

/** Architecture, index, language and version of the Windows PE of a boot image. Throws as `inspectBootImage`. */
export async function bootImageFacts(
  wim: Wim,
  index: number | undefined,
): Promise<Pick<BootImage, 'architecture' | 'index' | 'language' | 'osVersion'>> {
  const { inspectBootImage } = await import('../../media/boot-image/index.ts');
  const { facts } = await inspectBootImage(wim, index === undefined ? {} : { index });
  const { architecture, version, defaultLanguage = '' } = facts;
  if (architecture === undefined) throw new RangeError('a boot image without architecture was not refused');
  const language = lcidOf(defaultLanguage);
  return {
    architecture,
    ...(wim.imageCount > 1 ? { index: facts.index } : {}),
    ...(language === undefined ? {} : { language }),
    ...(version === undefined ? {} : { osVersion: version }),
  };
}

function same<T>(values: readonly (T | undefined)[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
