/**
 * A program file typed from Microsoft's "PE Format", byte by byte, without any structure of `images/pe`: one section at
 * RVA 0x1000 (file offset 0x400) that holds whatever a test wants to be found.
 */

export interface HandMade {
  readonly machine?: number;
  readonly subsystem?: number;
  readonly wide?: boolean;
  readonly imports?: readonly string[];
  readonly delayImports?: readonly string[];
  readonly version?: readonly [number, number, number, number];
  readonly strings?: Readonly<Record<string, string>>;
  /** Content of the RT_RCDATA resource BOOTMGRSECURITYVERSIONNUMBER. */
  readonly securityVersion?: Uint8Array;
  /** Bytes of a pretended certificate table behind the section. */
  readonly certificates?: number;
}

const sectionAddress = 0x1000;
const sectionOffset = 0x400;
const peOffset = 0x80;

/** Offset of the PE signature in every hand-made file. */
export const handMadePeOffset = peOffset;

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

class Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  end: number;
  constructor(size: number, start: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
    this.end = start;
  }
  put(data: Uint8Array): number {
    const at = this.end;
    this.bytes.set(data, at);
    this.end = (at + data.length + 7) & ~7;
    return at;
  }
}

/** The address of a file offset within the one section. */
const addressOf = (offset: number) => offset - sectionOffset + sectionAddress;

export function handMadePe(wanted: HandMade = {}): Uint8Array {
  const wide = wanted.wide ?? true;
  const fileSize = 0x3000 + (wanted.certificates ?? 0);
  const out = new Bytes(fileSize, sectionOffset);
  const { view } = out;
  out.bytes.set(ascii('MZ'), 0);
  view.setUint32(0x3c, peOffset, true);
  out.bytes.set(ascii('PE'), peOffset);
  view.setUint16(peOffset + 4, wanted.machine ?? 0x8664, true);
  view.setUint16(peOffset + 6, 1, true);
  view.setUint32(peOffset + 8, 0x5f000000, true);
  const optional = peOffset + 24;
  const fixed = wide ? 112 : 96;
  view.setUint16(peOffset + 20, fixed + 128, true);
  view.setUint16(peOffset + 22, 0x22, true);
  view.setUint16(optional, wide ? 0x20b : 0x10b, true);
  if (wide) view.setBigUint64(optional + 24, 0x140000000n, true);
  else view.setUint32(optional + 28, 0x400000, true);
  view.setUint32(optional + 32, 0x1000, true);
  view.setUint32(optional + 36, 0x200, true);
  view.setUint32(optional + 56, 0x4000, true);
  view.setUint32(optional + 60, 0x400, true);
  view.setUint16(optional + 68, wanted.subsystem ?? 3, true);
  view.setUint32(optional + fixed - 4, 16, true);
  const directory = (index: number, address: number, size: number) => {
    view.setUint32(optional + fixed + 8 * index, address, true);
    view.setUint32(optional + fixed + 8 * index + 4, size, true);
  };
  const section = optional + fixed + 128;
  out.bytes.set(ascii('.rdata'), section);
  view.setUint32(section + 8, 0x2c00, true);
  view.setUint32(section + 12, sectionAddress, true);
  view.setUint32(section + 16, 0x2c00, true);
  view.setUint32(section + 20, sectionOffset, true);

  if (wanted.imports) directory(1, addressOf(putImports(out, wanted.imports)), 20 * (wanted.imports.length + 1));
  if (wanted.delayImports) directory(13, addressOf(putDelayImports(out, wanted.delayImports)), 64);
  const resources = [
    ...(wanted.securityVersion
      ? [{ type: 10, name: 'BOOTMGRSECURITYVERSIONNUMBER', data: wanted.securityVersion }]
      : []),
    ...(wanted.version ? [{ type: 16, data: versionResource(wanted.version, wanted.strings ?? {}) }] : []),
  ];
  if (resources.length > 0) directory(2, addressOf(putResources(out, resources)), 0x100);
  if (wanted.certificates) directory(4, 0x3000, wanted.certificates);
  return out.bytes;
}

function putImports(out: Bytes, names: readonly string[]): number {
  const addresses = names.map((name) => addressOf(out.put(ascii(`${name}\0`))));
  const table = new Uint8Array(20 * (names.length + 1));
  const view = new DataView(table.buffer);
  addresses.forEach((address, i) => {
    view.setUint32(20 * i + 12, address, true);
    view.setUint32(20 * i + 16, 0x1000, true);
  });
  return out.put(table);
}

function putDelayImports(out: Bytes, names: readonly string[]): number {
  const addresses = names.map((name) => addressOf(out.put(ascii(`${name}\0`))));
  const table = new Uint8Array(32 * (names.length + 1));
  const view = new DataView(table.buffer);
  addresses.forEach((address, i) => {
    view.setUint32(32 * i, 1, true);
    view.setUint32(32 * i + 4, address, true);
  });
  return out.put(table);
}

interface Resource {
  readonly type: number;
  /** Without it the id 1. */
  readonly name?: string;
  readonly data: Uint8Array;
}

/** Types, then for each a table of one name and a table of one language, then data entries, then names. */
function putResources(out: Bytes, resources: readonly Resource[]): number {
  const root = 16 + 8 * resources.length;
  const entries = root + 48 * resources.length;
  const strings = entries + 16 * resources.length;
  const tree = new Uint8Array(strings + 64 * resources.length);
  const view = new DataView(tree.buffer);
  view.setUint16(14, resources.length, true);
  resources.forEach(({ type, name, data }, i) => {
    const tables = root + 48 * i;
    view.setUint32(16 + 8 * i, type, true);
    view.setUint32(20 + 8 * i, (0x80000000 | tables) >>> 0, true);
    view.setUint16(tables + (name === undefined ? 14 : 12), 1, true);
    view.setUint32(tables + 16, name === undefined ? 1 : (0x80000000 | (strings + 64 * i)) >>> 0, true);
    view.setUint32(tables + 20, (0x80000000 | (tables + 24)) >>> 0, true);
    view.setUint16(tables + 38, 1, true);
    view.setUint32(tables + 40, 0x409, true);
    view.setUint32(tables + 44, entries + 16 * i, true);
    view.setUint32(entries + 16 * i, addressOf(out.put(data)), true);
    view.setUint32(entries + 16 * i + 4, data.length, true);
    if (name === undefined) return;
    view.setUint16(strings + 64 * i, name.length, true);
    tree.set(utf16(name), strings + 64 * i + 2);
  });
  return out.put(tree);
}

/** One block of a version resource: length, value length, type, key, padding, value, padding, children. */
function block(key: string, isText: boolean, value: Uint8Array, children: readonly Uint8Array[]): Uint8Array {
  const parts: number[] = [0, 0, 0, 0, isText ? 1 : 0, 0, ...utf16(`${key}\0`)];
  const pad = () => {
    while (parts.length % 4 !== 0) parts.push(0);
  };
  pad();
  parts.push(...value);
  for (const child of children) {
    pad();
    parts.push(...child);
  }
  const bytes = Uint8Array.from(parts);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, bytes.length, true);
  view.setUint16(2, isText ? value.length / 2 : value.length, true);
  return bytes;
}

const utf16 = (text: string) => text.split('').flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]);

function versionResource(version: readonly number[], strings: Readonly<Record<string, string>>): Uint8Array {
  const [a = 0, b = 0, c = 0, d = 0] = version;
  const fixed = new Uint8Array(52);
  const view = new DataView(fixed.buffer);
  view.setUint32(0, 0xfeef04bd, true);
  for (const at of [8, 16]) {
    view.setUint16(at + 2, a, true);
    view.setUint16(at, b, true);
    view.setUint16(at + 6, c, true);
    view.setUint16(at + 4, d, true);
  }
  const none = new Uint8Array();
  const entries = Object.entries(strings).map(([key, value]) =>
    block(key, true, Uint8Array.from(utf16(`${value}\0`)), []),
  );
  const table = block('StringFileInfo', true, none, [block('040904b0', true, none, entries)]);
  return block('VS_VERSION_INFO', false, fixed, [table]);
}
