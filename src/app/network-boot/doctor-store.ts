/** What a BCD store says to the simulated boot manager. */
import {
  checkBcd,
  deviceElement,
  libraryElement,
  readBcd,
  type BcdElement,
  type BcdStore,
} from '../../../images/bcd/index.ts';
import type { BootStore } from '../../../pxe/client/index.ts';
import { FormatError } from '../../core/index.ts';

const RAMDISK_DEFAULT = '\\boot\\boot.sdi';

/** The boot of the first loader with a RAM disk; `null` for a store that real boot managers refuse, too. */
export function bootStoreOf(bytes: Uint8Array): BootStore | null {
  try {
    if (checkBcd(bytes).length > 0) return null;
    return loaderOf(readBcd(bytes));
  } catch (problem) {
    if (problem instanceof FormatError) return null;
    throw problem;
  }
}

function loaderOf(store: BcdStore): BootStore | null {
  for (const { elements } of store.objects) {
    const device = valueOf(elements, libraryElement.device);
    if (device?.kind !== 'device' || device.device.kind !== 'ramdisk') continue;
    const options = store.objects.find(({ id }) => id === device.options)?.elements ?? [];
    const ramdisk = valueOf(options, deviceElement.ramdisksdipath);
    const variable = valueOf(options, deviceElement.ramdisktftpvarwindow);
    return {
      image: device.device.path,
      ramdisk: ramdisk?.kind === 'string' ? ramdisk.text : RAMDISK_DEFAULT,
      blockSize: integer(options, deviceElement.ramdisktftpblocksize),
      window: integer(options, deviceElement.ramdisktftpwindowsize),
      variableWindow: variable?.kind === 'boolean' && variable.on,
    };
  }
  return null;
}

const valueOf = (elements: readonly BcdElement[], wanted: number) => elements.find(({ id }) => id === wanted)?.value;

function integer(elements: readonly BcdElement[], wanted: number): number | null {
  const value = valueOf(elements, wanted);
  return value?.kind === 'integer' ? Number(value.integer) : null;
}
