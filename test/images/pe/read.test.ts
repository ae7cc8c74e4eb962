import { expect, test } from 'vitest';
import { memorySource, type ByteSource } from '../../../images/bytes/index.ts';
import { peCode, readPe, subsystem } from '../../../images/pe/index.ts';
import { FormatError } from '../../../src/core/index.ts';
import { handMadePe, handMadePeOffset } from './hand-made-pe.ts';

const source = (bytes: Uint8Array) => memorySource(bytes, 'test.exe');
const codeOf = async (bytes: Uint8Array) =>
  readPe(source(bytes)).then(
    () => 'no error',
    (error: unknown) => (error instanceof FormatError ? error.code : String(error)),
  );
const changed = (bytes: Uint8Array, offset: number, value: number, width: 1 | 2 | 4 = 4) => {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (width === 4) view.setUint32(offset, value, true);
  else if (width === 2) view.setUint16(offset, value, true);
  else view.setUint8(offset, value);
  return copy;
};

const whole = {
  imports: ['KERNEL32.dll', 'WS2_32.dll'],
  delayImports: ['ole32.dll'],
  version: [10, 0, 26100, 1] as const,
  strings: { FileDescription: 'Boot Manager', OriginalFilename: 'bootmgr.exe', ProductVersion: '10.0.26100.1' },
};

test.each([
  [0x14c, 'x86'],
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
  [0x1c4, 'arm'],
  [0x200, 0x200],
] as const)('machine 0x%s is %s', async (machine, name) => {
  expect((await readPe(source(handMadePe({ machine })))).machine).toBe(name);
});

test.each([true, false])('reads imports, version and subsystem (64-bit: %s)', async (wide) => {
  const pe = await readPe(source(handMadePe({ ...whole, wide, subsystem: 10, certificates: 64 })));
  expect(pe).toMatchObject({
    format: wide ? 'pe32plus' : 'pe32',
    subsystem: subsystem.efiApplication,
    isDll: false,
    timestamp: 0x5f000000,
    imports: whole.imports,
    delayImports: whole.delayImports,
    certificateTable: { offset: 0x3000, size: 64 },
  });
  expect(pe.version?.fileVersion).toBe('10.0.26100.1');
  expect(Object.fromEntries(pe.version?.strings ?? [])).toEqual(whole.strings);
});

test('a program without imports, resources and signature has none', async () => {
  const pe = await readPe(source(handMadePe()));
  expect(pe.imports).toEqual([]);
  expect(pe.delayImports).toEqual([]);
  expect(pe.version).toBeUndefined();
  expect(pe.certificateTable).toBeUndefined();
});

test('delay imports of old x86 linkers carry addresses with the image base', async () => {
  const bytes = handMadePe({ wide: false, delayImports: ['old.dll'] });
  const view = new DataView(bytes.buffer);
  const table = view.getUint32(handMadePeOffset + 24 + 96 + 8 * 13, true) - 0x1000 + 0x400;
  view.setUint32(table, 0, true);
  view.setUint32(table + 4, view.getUint32(table + 4, true) + 0x400000, true);
  expect((await readPe(source(bytes))).delayImports).toEqual(['old.dll']);
  view.setUint32(table + 4, 1, true);
  expect(await codeOf(bytes)).toBe(peCode.PE_IMPORTS);
});

test('what is damaged is named', async () => {
  const good = handMadePe(whole);
  const optional = handMadePeOffset + 24;
  const section = optional + 112 + 128;
  expect(await codeOf(new Uint8Array())).toBe(peCode.PE_NOT_EXECUTABLE);
  expect(await codeOf(changed(good, 0, 0, 1))).toBe(peCode.PE_NOT_EXECUTABLE);
  expect(await codeOf(changed(good, 0x3c, good.length))).toBe(peCode.PE_NOT_EXECUTABLE);
  expect(await codeOf(changed(good, handMadePeOffset, 0))).toBe(peCode.PE_NOT_EXECUTABLE);
  expect(await codeOf(changed(good, handMadePeOffset + 6, 97, 2))).toBe(peCode.PE_LIMIT);
  expect(await codeOf(changed(good, handMadePeOffset + 20, 8, 2))).toBe(peCode.PE_HEADER);
  expect(await codeOf(changed(good, optional, 0x107, 2))).toBe(peCode.PE_HEADER);
  expect(await codeOf(good.subarray(0, section + 20))).toBe(peCode.PE_HEADER);
  expect(await codeOf(changed(good, optional + 112 + 8, 0x00f00000))).toBe(peCode.PE_OUTSIDE);
  expect(await codeOf(handMadePe({ certificates: 64 }).subarray(0, 0x3020))).toBe(peCode.PE_OUTSIDE);
  expect(await codeOf(handMadePe({ imports: [''] }))).toBe(peCode.PE_IMPORTS);
  expect(await codeOf(handMadePe({ imports: ['a'.repeat(300)] }))).toBe(peCode.PE_IMPORTS);
  const resources = new DataView(good.buffer).getUint32(optional + 112 + 16, true) - 0x1000 + 0x400;
  expect(await codeOf(changed(good, resources + 20, 24))).toBe(peCode.PE_RESOURCES);
  expect(await codeOf(changed(good, resources + 48 + 20, 0x80000000))).toBe(peCode.PE_RESOURCES);
  expect(await codeOf(changed(good, resources + 76, 0x200000))).toBe(peCode.PE_LIMIT);
});

test('a version resource with a broken signature is refused, one of another type is no version', async () => {
  const good = handMadePe(whole);
  const at = Buffer.from(good).indexOf(Buffer.from([0xbd, 0x04, 0xef, 0xfe]));
  expect(await codeOf(changed(good, at, 0, 1))).toBe(peCode.PE_RESOURCES);
  const optional = handMadePeOffset + 24;
  const resources = new DataView(good.buffer).getUint32(optional + 112 + 16, true) - 0x1000 + 0x400;
  expect((await readPe(source(changed(good, resources + 16, 10)))).version).toBeUndefined();
});

test('a large program costs a few reads of a few kilobytes', async () => {
  const bytes = handMadePe(whole);
  let reads = 0;
  let amount = 0;
  const huge: ByteSource = {
    id: 'huge.exe',
    size: 1 << 30,
    async read(offset, length) {
      reads++;
      amount += length;
      const result = new Uint8Array(length);
      if (offset < bytes.length) result.set(bytes.subarray(offset, offset + length));
      return result;
    },
  };
  expect((await readPe(huge)).imports).toEqual(whole.imports);
  expect(reads).toBeLessThanOrEqual(6);
  expect(amount).toBeLessThanOrEqual(64 * 1024);
});

test('the message tells file, place and next step', async () => {
  const error = await readPe(source(new Uint8Array(512))).catch((e: unknown) => e);
  expect((error as FormatError).message).toBe('test.exe: not a program (PE): it does not start with "MZ"');
  expect((error as FormatError).hint).toContain('text conversion');
});
