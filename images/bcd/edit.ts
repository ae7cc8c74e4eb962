/**
 * Editing a store in place, as Windows made it: elements and objects that are not named, and bytes that nobody understands, stay
 * (images/hive keeps them).
 */
import { InputError } from '../../src/core/index.ts';
import { editHive, newValue, type HiveEditor, type HiveEditOptions, type HiveKey } from '../hive/index.ts';
import { bcdCode } from './codes.ts';
import { elementKey } from './element-names.ts';
import { decodeElement, encodeElement, objectId } from './element-value.ts';
import { readObject, readStore } from './read.ts';
import type { BcdStore, BcdValue, StoredElement } from './types.ts';

/** A store under change. Ids of objects are GUIDs in any form; InputError (`BYTES_GUID`) for others. */
export interface BcdEditor extends Pick<HiveEditor, 'changed' | 'logs' | 'bytes'> {
  /** The store as it is now; valid until the next change. */
  store(): BcdStore;
  /**
   * Sets an element of an object that is there. False when it had this meaning already: then its bytes stay, whatever their
   * form (an integer of one byte). InputError when the value does not fit the element, or there is no such object.
   */
  setElement(object: string, element: number, value: BcdValue): boolean;
  /** False when there is none. */
  deleteElement(object: string, element: number): boolean;
  /** Makes an object without elements; false when it is there with this type, InputError with another. */
  createObject(object: string, type: number): boolean;
  /** Deletes an object with its elements; false when there is none. Elements of other objects may still name it. */
  deleteObject(object: string): boolean;
}

/**
 * Opens a store for changes; `bytes` is copied. Throws what `editHive` throws (damage, a dirty hive), and FormatError when the
 * hive is no store or one of its objects is damaged.
 */
export function editBcd(bytes: Uint8Array, options: HiveEditOptions = {}): BcdEditor {
  const hive = editHive(bytes, options);
  readStore(rootOf(hive));
  return {
    logs: hive.logs,
    get changed() {
      return hive.changed;
    },
    bytes: () => hive.bytes(),
    store: () => readStore(rootOf(hive)),
    setElement(object, element, value) {
      const stored = encodeElement(element, value);
      const path = elementPath(object, element);
      if (hive.key(objectPath(object)) === undefined) throw refused(object, 'is not in the store');
      const old = hive.key(path)?.value('Element');
      if (old !== undefined && means(element, old, stored)) return false;
      hive.createKey(path);
      return hive.setValue(path, { name: 'Element', type: stored.type, data: stored.data });
    },
    deleteElement: (object, element) => hive.deleteKey(elementPath(object, element)),
    createObject(object, type) {
      if (!Number.isInteger(type) || type < 0 || type > 0xffff_ffff) throw refused(object, 'has a type of 32 bits');
      const path = objectPath(object);
      const known = hive.key(path);
      if (known !== undefined) {
        const { type: other } = readObject(known);
        if (other === type) return false;
        throw refused(object, `is in the store with type 0x${other.toString(16)}, not 0x${type.toString(16)}`);
      }
      hive.createKey(`${path}\\Description`);
      hive.setValue(`${path}\\Description`, newValue.dword('Type', type));
      return hive.createKey(`${path}\\Elements`);
    },
    deleteObject: (object) => hive.deleteKey(objectPath(object)),
  };
}

/** Whether the stored bytes already mean what others would. */
function means(element: number, old: StoredElement, wanted: StoredElement): boolean {
  const value = decodeElement(element, old);
  if (value.kind === 'unreadable') return false;
  const { type, data } = encodeElement(element, value);
  return type === wanted.type && Buffer.compare(data, wanted.data) === 0;
}

function rootOf(hive: HiveEditor): HiveKey {
  return hive.key('') as HiveKey;
}

function objectPath(object: string): string {
  return `Objects\\${objectId(object)}`;
}

function elementPath(object: string, element: number): string {
  return `${objectPath(object)}\\Elements\\${elementKey(element)}`;
}

function refused(object: string, why: string): InputError {
  return new InputError(bcdCode.BCD_EDIT, `BCD object ${object} ${why}`, { details: { object } });
}
