/** Registry data: what the bytes of each type mean, in both directions. Knows no hive structures. */
import { FormatError } from '../../src/core/index.ts';
import { decodeUtf16le, encodeUtf16le, viewOf } from '../bytes/index.ts';
import { hiveCode } from './codes.ts';
import { registryType, type NewValue } from './types.ts';

const typeNames = new Map<number, string>(Object.entries(registryType).map(([name, type]) => [type, name]));

/** `REG_SZ` and so on; hexadecimal for a type without a name. */
export function typeName(type: number): string {
  return typeNames.get(type) ?? `0x${type.toString(16)}`;
}

/** What reading a value needs to know. */
export interface TypedData {
  readonly name: string;
  readonly type: number;
  readonly data: Uint8Array;
}

/** Text of REG_SZ, REG_EXPAND_SZ, REG_LINK up to the first NUL; many writers leave the NUL out. */
export function readString(value: TypedData): string {
  const { REG_SZ, REG_EXPAND_SZ, REG_LINK } = registryType;
  needType(value, REG_SZ, REG_EXPAND_SZ, REG_LINK);
  const text = decodeUtf16le(value.data);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Strings of a REG_MULTI_SZ; the list ends with an empty string or with the data. */
export function readMultiString(value: TypedData): readonly string[] {
  needType(value, registryType.REG_MULTI_SZ);
  const strings = decodeUtf16le(value.data).split('\0');
  const end = strings.indexOf('');
  return end < 0 ? strings : strings.slice(0, end);
}

/** A 32-bit number. */
export function readDword(value: TypedData): number {
  needType(value, registryType.REG_DWORD, registryType.REG_DWORD_BIG_ENDIAN);
  needSize(value, 4);
  return viewOf(value.data).getUint32(0, value.type === registryType.REG_DWORD);
}

/** A 64-bit number. */
export function readQword(value: TypedData): bigint {
  needType(value, registryType.REG_QWORD);
  needSize(value, 8);
  return viewOf(value.data).getBigUint64(0, true);
}

/** Values to be written. Strings get their NUL; a string of a list must not be empty, since that would end the list. */
export const newValue = {
  string: (name: string, text: string): NewValue => ({
    name,
    type: registryType.REG_SZ,
    data: encodeUtf16le(`${text}\0`),
  }),
  expandString: (name: string, text: string): NewValue => ({
    name,
    type: registryType.REG_EXPAND_SZ,
    data: encodeUtf16le(`${text}\0`),
  }),
  multiString: (name: string, strings: readonly string[]): NewValue => ({
    name,
    type: registryType.REG_MULTI_SZ,
    data: encodeUtf16le(`${strings.map((text) => `${text}\0`).join('')}\0`),
  }),
  dword: (name: string, value: number): NewValue => {
    const data = new Uint8Array(4);
    viewOf(data).setUint32(0, value, true);
    return { name, type: registryType.REG_DWORD, data };
  },
  qword: (name: string, value: bigint): NewValue => {
    const data = new Uint8Array(8);
    viewOf(data).setBigUint64(0, value, true);
    return { name, type: registryType.REG_QWORD, data };
  },
  binary: (name: string, data: Uint8Array): NewValue => ({ name, type: registryType.REG_BINARY, data }),
};

function needType(value: TypedData, ...types: readonly number[]): void {
  if (types.includes(value.type)) return;
  throw wrong(value, types.map(typeName).join(' or '), typeName(value.type));
}

function needSize(value: TypedData, size: number): void {
  if (value.data.length !== size) throw wrong(value, `${size} bytes`, `${value.data.length} bytes`);
}

function wrong(value: TypedData, expected: string, actual: string): FormatError {
  return new FormatError(
    hiveCode.HIVE_VALUE_TYPE,
    `registry value ${JSON.stringify(value.name)}: expected ${expected}, found ${actual}`,
    { details: { structure: 'registry value', name: value.name, expected, actual } },
  );
}
