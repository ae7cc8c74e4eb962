/** A store as text for people, in the form and names of `bcdedit /enum all`. Always English, always the same. */
import { defaultEntry } from './check.ts';
import { elementName } from './element-names.ts';
import { bootManagerElement, libraryElement, loaderElement } from './element-table.ts';
import { applicationKind, objectAlias, objectTitle, wellKnownObject } from './objects.ts';
import type { BcdDevice, BcdElement, BcdObject, BcdStore } from './types.ts';

/** bcdedit's first column. */
const column = 24;

/** What bcdedit shows instead of the number, in loader objects. */
const choices: Readonly<Record<number, readonly string[]>> = {
  [loaderElement.nx]: ['OptIn', 'OptOut', 'AlwaysOff', 'AlwaysOn'],
  [loaderElement.bootmenupolicy]: ['Legacy', 'Standard'],
  [loaderElement.bootstatuspolicy]: ['DisplayAllFailures', 'IgnoreAllFailures', 'IgnoreShutdownFailures'],
  [loaderElement.hypervisorlaunchtype]: ['Off', 'Auto'],
  [libraryElement.debugtype]: ['Serial', '1394', 'USB', 'NET', 'Local'],
};

/**
 * The whole store: the boot manager first, then the entries of its menu, then the rest by id; elements by id.
 * Data that cannot be read are shown with the reason.
 */
export function describeBcd(store: BcdStore): string {
  const manager = store.objects.find(({ id }) => id === wellKnownObject.bootmgr);
  const standard = manager && defaultEntry(store, manager);
  const name = (id: string): string => (id === standard?.id ? '{default}' : objectAlias(id));
  return inMenuOrder(store, manager)
    .map((object) => describeObject(object, name))
    .join('\n');
}

function inMenuOrder(store: BcdStore, manager: BcdObject | undefined): readonly BcdObject[] {
  const order = manager?.elements.find(({ id }) => id === bootManagerElement.displayorder)?.value;
  const menu = order?.kind === 'objectList' ? order.ids : [];
  const rank = ({ id }: BcdObject): number => {
    if (id === manager?.id) return 0;
    return menu.includes(id) ? 1 + menu.indexOf(id) : 1 + menu.length;
  };
  return [...store.objects].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function describeObject(object: BcdObject, name: (id: string) => string): string {
  const title = objectTitle(object.id, object.type);
  const lines = [title, '-'.repeat(title.length), field('identifier', [name(object.id)])];
  for (const element of [...object.elements].sort((a, b) => a.id - b.id)) {
    lines.push(field(elementName(element.id, object.type), describeElement(element, object, name)));
  }
  return `${lines.join('\n')}\n`;
}

/** Further items of a list stand below the first. */
function field(name: string, items: readonly string[]): string {
  return `${name.padEnd(column - 1)} ${items.join(`\n${' '.repeat(column)}`)}`;
}

function describeElement(element: BcdElement, object: BcdObject, name: (id: string) => string): readonly string[] {
  const { value } = element;
  switch (value.kind) {
    case 'device':
      return [describeDevice(value.device) + (value.options === null ? '' : `,${objectAlias(value.options)}`)];
    case 'string':
      return [value.text];
    case 'object':
      return [name(value.id)];
    case 'objectList':
      return value.ids.map(name);
    case 'integer':
      return [describeInteger(element.id, value.integer, object)];
    case 'integerList':
      return value.integers.map((integer) => `0x${integer.toString(16)}`);
    case 'boolean':
      return [value.on ? 'Yes' : 'No'];
    default:
      return [`(unreadable: ${value.reason})`];
  }
}

function describeInteger(id: number, integer: bigint, object: BcdObject): string {
  // Application elements mean different things in different programs; the choices are winload's.
  const known = id >>> 28 === 1 || applicationKind(object.type) === 'osloader';
  return (known ? choices[id]?.[Number(integer)] : undefined) ?? integer.toString();
}

function describeDevice(device: BcdDevice): string {
  switch (device.kind) {
    case 'boot':
      return 'boot';
    case 'ramdisk':
      return `ramdisk=[${describeDevice(device.parent)}]${device.path}`;
    case 'gpt-partition':
      return `partition={${device.partition}} on disk {${device.disk}}`;
    case 'mbr-partition':
      return `partition at byte ${device.offset} of disk 0x${device.signature.toString(16).padStart(8, '0')}`;
    default:
      return device.type === 8 ? 'locate' : `device of type ${device.type}, ${device.descriptor.length} bytes`;
  }
}
