/** What the registry value of an element means: the format stands in bits 24 to 27 of the element's id. */
import { FormatError, InputError } from '../../src/core/index.ts';
import { formatGuid, parseGuid, viewOf } from '../bytes/index.ts';
import { newValue, readMultiString, readString, registryType, typeName } from '../hive/index.ts';
import { bcdCode } from './codes.ts';
import { decodeDeviceElement, encodeDeviceElement } from './device.ts';
import type { BcdValue, StoredElement } from './types.ts';

/** Formats by their number in the id (Microsoft's BCD reference, "element format"). */
const formats = {
  1: 'device',
  2: 'string',
  3: 'object',
  4: 'objectList',
  5: 'integer',
  6: 'boolean',
  7: 'integerList',
} as const;

export type ElementFormat = (typeof formats)[keyof typeof formats];

/** The format that an element's id asks for; undefined for numbers nobody has documented. */
export function elementFormat(id: number): ElementFormat | undefined {
  return (formats as Readonly<Record<number, ElementFormat>>)[(id >>> 24) & 15];
}

/** `{guid}` in lower case of an id in any case, with or without braces; InputError (`BYTES_GUID`) otherwise. */
export function objectId(text: string): string {
  return `{${formatGuid(parseGuid(text))}}`;
}

/** Decodes an element as tolerantly as boot managers do (integers of 1 to 8 bytes, lists without their last NUL). */
export function decodeElement(id: number, stored: StoredElement): BcdValue {
  try {
    return decode(elementFormat(id), stored);
  } catch (error) {
    if (error instanceof FormatError || error instanceof InputError)
      return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}

/** The registry value of an element. InputError (`BCD_NEW_STORE`) when value and id do not agree. */
export function encodeElement(id: number, value: BcdValue): StoredElement {
  const format = elementFormat(id);
  if (value.kind !== format) {
    const hex = id.toString(16).padStart(8, '0');
    throw new InputError(
      bcdCode.BCD_NEW_STORE,
      `BCD element ${hex} holds ${format ?? 'unknown data'}, not ${value.kind}`,
    );
  }
  switch (value.kind) {
    case 'device':
      return newValue.binary('', encodeDeviceElement(value.device, value.options));
    case 'string':
      if (value.text.includes('\0')) throw new InputError(bcdCode.BCD_NEW_STORE, 'a BCD string cannot hold a NUL');
      return newValue.string('', value.text);
    case 'object':
      return newValue.string('', objectId(value.id));
    case 'objectList':
      return newValue.multiString('', value.ids.map(objectId));
    case 'integer':
      return newValue.binary('', integers([value.integer]));
    case 'integerList':
      return newValue.binary('', integers(value.integers));
    default:
      return newValue.binary('', Uint8Array.of(value.on ? 1 : 0));
  }
}

function decode(format: ElementFormat | undefined, stored: StoredElement): BcdValue {
  switch (format) {
    case 'device':
      return { kind: 'device', ...decodeDeviceElement(binary(stored)) };
    case 'string':
      return { kind: 'string', text: readString(named(stored)) };
    case 'object':
      return { kind: 'object', id: objectId(readString(named(stored))) };
    case 'objectList':
      return { kind: 'objectList', ids: readMultiString(named(stored)).map(objectId) };
    case 'integer': {
      const data = binary(stored);
      if (data.length < 1 || data.length > 8) throw wrong('an integer of 1 to 8 bytes', `${data.length} bytes`);
      return { kind: 'integer', integer: data.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) };
    }
    case 'boolean': {
      const data = binary(stored);
      if (data.length < 1) throw wrong('a boolean of one byte', 'none');
      return { kind: 'boolean', on: data[0] !== 0 };
    }
    case 'integerList': {
      const data = binary(stored);
      if (data.length % 8 !== 0) throw wrong('integers of 8 bytes each', `${data.length} bytes`);
      const view = viewOf(data);
      const list = Array.from({ length: data.length / 8 }, (_, i) => view.getBigUint64(i * 8, true));
      return { kind: 'integerList', integers: list };
    }
    default:
      throw wrong('an element format of 1 to 7', 'another');
  }
}

/** Elements are the value `Element` of their key. */
function named(stored: StoredElement): StoredElement & { readonly name: string } {
  return { name: 'Element', ...stored };
}

function binary(stored: StoredElement): Uint8Array {
  if (stored.type !== registryType.REG_BINARY) throw wrong('REG_BINARY', typeName(stored.type));
  return stored.data;
}

function integers(list: readonly bigint[]): Uint8Array {
  const data = new Uint8Array(list.length * 8);
  list.forEach((integer, i) => {
    if (integer < 0n || integer >= 1n << 64n) {
      throw new InputError(bcdCode.BCD_NEW_STORE, `BCD integer ${integer} does not fit 64 bits without a sign`);
    }
    viewOf(data).setBigUint64(i * 8, integer, true);
  });
  return data;
}

function wrong(expected: string, actual: string): FormatError {
  return new FormatError(bcdCode.BCD_ELEMENT, `expected ${expected}, found ${actual}`, {
    details: { expected, actual },
  });
}
