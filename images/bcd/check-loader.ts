/** The judge of the loader that a store starts, and of the files that it needs. */
import { bootStatus } from './boot-status.ts';
import { bcdCode } from './codes.ts';
import { elementKey } from './element-names.ts';
import { deviceElement, libraryElement, loaderElement } from './element-table.ts';
import { bcdProblem, type BcdCheckOptions, type BcdProblem } from './problem.ts';
import type { BcdObject, BcdStore, BcdValue } from './types.ts';

/** Where the SDI file is looked for when no element says so. */
const defaultSdi = '\\boot\\boot.sdi';

/** What the loader must have, and what a boot manager shows without it. */
const required = [
  [libraryElement.device, bcdCode.BCD_NO_LOADER_DEVICE, bootStatus.unexpected, 'device'],
  [libraryElement.description, bcdCode.BCD_NO_LOADER_DESCRIPTION, bootStatus.unexpected, 'description'],
  [loaderElement.osdevice, bcdCode.BCD_NO_OS_DEVICE, bootStatus.notFound, 'osdevice'],
  [loaderElement.systemroot, bcdCode.BCD_NO_SYSTEM_ROOT, bootStatus.notFound, 'systemroot'],
] as const;

/** Problems of a loader object. Elements are looked for in the object itself: that is what was measured. */
export function loaderProblems(store: BcdStore, loader: BcdObject, options: BcdCheckOptions): readonly BcdProblem[] {
  const problems: BcdProblem[] = [];
  for (const [id, code, status, name] of required) {
    const value = valueOf(loader, id);
    const path = elementPath(loader, id);
    if (value === undefined) problems.push(bcdProblem(code, path, status, `loader ${loader.id} has no ${name}`));
    if (value?.kind === 'unreadable') {
      const message = `${name} of loader ${loader.id} cannot be read: ${value.reason}`;
      problems.push(bcdProblem(bcdCode.BCD_ELEMENT, path, null, message));
    }
  }
  problems.push(...pathProblems(loader, options), ...fileProblems(store, loader, options));
  return problems;
}

function pathProblems(loader: BcdObject, options: BcdCheckOptions): readonly BcdProblem[] {
  const value = valueOf(loader, libraryElement.path);
  if (value?.kind !== 'string' || options.firmware === undefined) return [];
  const other = options.firmware === 'uefi' ? '.exe' : '.efi';
  if (!value.text.toLowerCase().endsWith(other)) return [];
  const message = `loader ${loader.id} starts ${value.text}, which ${options.firmware.toUpperCase()} cannot run`;
  return [bcdProblem(bcdCode.BCD_LOADER_FIRMWARE, elementPath(loader, libraryElement.path), null, message)];
}

function fileProblems(store: BcdStore, loader: BcdObject, options: BcdCheckOptions): readonly BcdProblem[] {
  const exists = options.exists;
  if (exists === undefined) return [];
  const problems: BcdProblem[] = [];
  const told = new Set<string>();
  const demand = (code: 'BCD_WIM_ABSENT' | 'BCD_SDI_ABSENT', file: string, path: string): void => {
    const key = `${code} ${file.toLowerCase()}`;
    if (told.has(key) || exists(file)) return;
    told.add(key);
    problems.push(bcdProblem(code, path, bootStatus.noSuchFile, `${file} is not on the boot device`));
  };
  for (const id of [libraryElement.device, loaderElement.osdevice]) {
    const value = valueOf(loader, id);
    if (value?.kind !== 'device' || value.device.kind !== 'ramdisk') continue;
    if (value.device.parent.kind === 'boot') demand(bcdCode.BCD_WIM_ABSENT, value.device.path, elementPath(loader, id));
    // A dangling id of the options object is no problem: boot managers fall back to the defaults.
    const settings = store.objects.find((object) => object.id === value.options);
    const sdiDevice = settings && valueOf(settings, deviceElement.ramdisksdidevice);
    if (sdiDevice?.kind === 'device' && sdiDevice.device.kind !== 'boot') continue;
    const sdiPath = settings && valueOf(settings, deviceElement.ramdisksdipath);
    const where =
      settings === undefined ? elementPath(loader, id) : elementPath(settings, deviceElement.ramdisksdipath);
    demand(bcdCode.BCD_SDI_ABSENT, sdiPath?.kind === 'string' ? sdiPath.text : defaultSdi, where);
  }
  return problems;
}

function valueOf(object: BcdObject, id: number): BcdValue | undefined {
  return object.elements.find((element) => element.id === id)?.value;
}

function elementPath(object: BcdObject, id: number): string {
  return `Objects\\${object.id}\\Elements\\${elementKey(id)}`;
}
