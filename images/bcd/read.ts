/** Reading a store out of a hive (keys: boot-chain.md 8). */
import { FormatError } from '../../src/core/index.ts';
import { parseHive, registryType, type Hive, type HiveKey } from '../hive/index.ts';
import { bcdCode } from './codes.ts';
import { decodeElement, objectId } from './element-value.ts';
import type { BcdElement, BcdObject, BcdStore, StoredElement } from './types.ts';

/**
 * All objects of a store, by id. Elements whose data make no sense come as `unreadable`, with their bytes.
 * Throws FormatError when the hive is damaged, has no `Objects`, or an object has no id or type.
 */
export function readBcd(source: Hive | Uint8Array): BcdStore {
  return readStore((source instanceof Uint8Array ? parseHive(source) : source).root);
}

/** The store below the root key of a hive. */
export function readStore(root: HiveKey): BcdStore {
  const objects = root.subkey('Objects');
  if (objects === undefined) {
    throw new FormatError(bcdCode.BCD_NOT_A_STORE, 'the hive has no key Objects: it is not a boot configuration store');
  }
  const keyName = root.subkey('Description')?.value('KeyName');
  return {
    ...(keyName?.type === registryType.REG_SZ ? { keyName: keyName.asString() } : {}),
    objects: objects
      .subkeys()
      .map(readObject)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** The object of a key below `Objects`. */
export function readObject(key: HiveKey): BcdObject {
  if (!/^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i.test(key.name))
    throw damaged(key.name, 'the name is not a GUID in braces');
  const id = objectId(key.name);
  const type = key.find('Description')?.value('Type');
  if (type === undefined || type.type !== registryType.REG_DWORD || type.data.length !== 4) {
    throw damaged(id, 'Description\\Type, a REG_DWORD, is not there');
  }
  const elements = key.subkey('Elements')?.subkeys() ?? [];
  return {
    id,
    type: type.asDword(),
    elements: elements.map((element) => readElement(element, id)).sort((a, b) => a.id - b.id),
  };
}

function readElement(key: HiveKey, object: string): BcdElement {
  if (!/^[0-9a-f]{8}$/i.test(key.name))
    throw damaged(object, `element key ${JSON.stringify(key.name)} is not 8 digits`);
  const id = Number.parseInt(key.name, 16);
  const value = key.value('Element');
  if (value === undefined) return { id, value: { kind: 'unreadable', reason: 'the value Element is not there' } };
  const stored: StoredElement = { type: value.type, data: value.data };
  return { id, value: decodeElement(id, stored), stored };
}

function damaged(object: string, why: string): FormatError {
  return new FormatError(bcdCode.BCD_OBJECT, `BCD object ${object}: ${why}`, { details: { object } });
}
