/** What the hives of an image tell about it (boot-standards 1.4). A hive is opened at most once; absent or damaged ones are reported. */
import { openHive, type Hive } from '../../images/hive/index.ts';
import type { WimImage } from '../../images/wim/index.ts';
import { bootImageCode } from './codes.ts';
import { unlessDamaged } from './read-file.ts';
import type { BootImageProblem } from './types.ts';

export interface ImageRegistry {
  /** EditionID of SOFTWARE; undefined when it cannot be told. */
  edition(): Promise<string | undefined>;
  /** `Setup\CmdLine` of SYSTEM: the first program that Windows starts. */
  setupCommand(): Promise<string | undefined>;
  /** MiB of the writable overlay (`WinPECacheThreshold`, what DISM /Set-ScratchSpace sets). */
  scratchSpace(): Promise<number | undefined>;
  /** Filled while the others are asked. */
  readonly problems: readonly BootImageProblem[];
}

export function imageRegistry(image: WimImage): ImageRegistry {
  const problems: BootImageProblem[] = [];
  const opened = new Map<string, Promise<Hive | undefined>>();
  const hive = (name: 'SOFTWARE' | 'SYSTEM') => {
    const known = opened.get(name) ?? open(image, name, problems);
    opened.set(name, known);
    return known;
  };
  /** A value read by `take`; a damaged key or another type is reported and counts as absent. */
  const ask = async <T>(name: 'SOFTWARE' | 'SYSTEM', take: (hive: Hive) => T | undefined): Promise<T | undefined> => {
    const found = await hive(name);
    if (!found) return undefined;
    return unlessDamaged(problems, bootImageCode.BOOT_IMAGE_REGISTRY, hivePath(name), async () => take(found));
  };
  return {
    problems,
    edition: () =>
      ask('SOFTWARE', ({ root }) => root.find('Microsoft\\Windows NT\\CurrentVersion')?.value('EditionID')?.asString()),
    setupCommand: () => ask('SYSTEM', ({ root }) => root.find('Setup')?.value('CmdLine')?.asString()),
    scratchSpace: () =>
      ask('SYSTEM', ({ root }) => {
        const current = root.find('Select')?.value('Current')?.asDword() ?? 1;
        const set = `ControlSet${String(current).padStart(3, '0')}`;
        return root.find(`${set}\\Services\\FBWF`)?.value('WinPECacheThreshold')?.asDword();
      }),
  };
}

const hivePath = (name: string) => `Windows/System32/config/${name}`;

async function open(image: WimImage, name: string, problems: BootImageProblem[]): Promise<Hive | undefined> {
  const path = hivePath(name);
  return unlessDamaged(problems, bootImageCode.BOOT_IMAGE_REGISTRY, path, async () => {
    const file = image.file(path);
    if (file) return openHive(file, { tolerant: true });
    problems.push({
      code: bootImageCode.BOOT_IMAGE_REGISTRY,
      severity: 'warning',
      message: `${path} is not in the image: Windows cannot start without this registry hive`,
      path,
    });
    return undefined;
  });
}
