/** Which name an element has depends on the program that its object is for: 22000002 is a system root, or a file's path. */
import {
  bootManagerElement,
  deviceElement,
  libraryElement,
  loaderElement,
  memoryTestElement,
  resumeElement,
} from './element-table.ts';
import { applicationKind, type ApplicationKind } from './objects.ts';

type Table = Readonly<Record<string, number>>;

const ofApplication: Readonly<Partial<Record<ApplicationKind, Table>>> = {
  fwbootmgr: bootManagerElement,
  bootmgr: bootManagerElement,
  osloader: loaderElement,
  resume: resumeElement,
  memdiag: memoryTestElement,
};

/** The class of an element, in the upper four bits of its id, chooses the table. */
function tableOf(elementClass: number, objectType: number): Table {
  const application = applicationKind(objectType);
  if (elementClass === 1) return libraryElement;
  if (elementClass === 2) return (application && ofApplication[application]) ?? {};
  return elementClass === 3 ? deviceElement : {};
}

/** bcdedit's name of an element in an object of this type; `custom:2600abcd` when there is none. */
export function elementName(id: number, objectType: number): string {
  const found = Object.entries(tableOf(id >>> 28, objectType)).find(([, number]) => number === id);
  return found?.[0] ?? `custom:${elementKey(id)}`;
}

/** The id of an element by bcdedit's name or `custom:` and eight digits; undefined when no element has that name. */
export function elementId(name: string, objectType: number): number | undefined {
  const lower = name.toLowerCase();
  const custom = /^custom:([0-9a-f]{8})$/.exec(lower)?.[1];
  if (custom !== undefined) return Number.parseInt(custom, 16);
  for (const elementClass of [1, 2, 3]) {
    const table = tableOf(elementClass, objectType);
    if (Object.hasOwn(table, lower)) return table[lower];
  }
  return undefined;
}

/** The name of an element's key in the hive: eight hexadecimal digits. */
export function elementKey(id: number): string {
  return id.toString(16).padStart(8, '0');
}
