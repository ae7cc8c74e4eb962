/** Writing a store as a hive, in the layout that every boot manager tried has accepted (boot-chain.md 8). */
import { newValue, writeHive, type NewKey } from '../hive/index.ts';
import { elementKey } from './element-names.ts';
import { encodeElement, objectId } from './element-value.ts';
import type { BcdElement, BcdObject, BcdStore } from './types.ts';

/**
 * The bytes of a BCD file; the same store gives the same bytes. Throws InputError for ids that are no GUIDs, values that do
 * not fit their element, and doubles.
 */
export function writeBcd(store: BcdStore): Uint8Array {
  const description = store.keyName === undefined ? [] : [newValue.string('KeyName', store.keyName)];
  const root: NewKey = {
    name: 'NewStoreRoot', // as bcdedit names it; the boot manager does not look
    subkeys: [
      { name: 'Description', values: description }, // required, even when empty
      { name: 'Objects', subkeys: store.objects.map(objectKey) },
    ],
  };
  return writeHive(root, { fileName: 'BCD' });
}

function objectKey(object: BcdObject): NewKey {
  return {
    name: objectId(object.id),
    subkeys: [
      { name: 'Description', values: [newValue.dword('Type', object.type)] },
      { name: 'Elements', subkeys: object.elements.map(elementSubkey) },
    ],
  };
}

function elementSubkey(element: BcdElement): NewKey {
  const { type, data } = element.stored ?? encodeElement(element.id, element.value);
  return { name: elementKey(element.id), values: [{ name: 'Element', type, data }] };
}
