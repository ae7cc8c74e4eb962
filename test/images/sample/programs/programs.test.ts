/** The kept boot programs as bytes: size, digest, and the PE header that any reader of boot managers expects. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bootAa64Program } from '../../../../images/sample/programs/boot-aa64.ts';
import { bootX64Program } from '../../../../images/sample/programs/boot-x64.ts';
import { bootmgrProgram } from '../../../../images/sample/programs/bootmgr-code.ts';
import { bootAa64, bootmgrStandIn, bootX64 } from '../../../../images/sample/programs/index.ts';

const LIMIT = 16_384;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.for([
  ['x64', bootX64(), bootX64Program, 0x8664],
  ['arm64', bootAa64(), bootAa64Program, 0xaa64],
] as const)('%s', ([, program, module, machine]) => {
  const view = new DataView(program.buffer);
  const pe = view.getUint32(0x3c, true);

  test('is at most 16 KiB and has its digest', () => {
    expect(program.length).toBeLessThanOrEqual(LIMIT);
    expect(sha256(program)).toBe(module.sha256);
  });

  test('is a PE32+ EFI application without a time stamp', () => {
    expect(view.getUint16(0)).toBe(0x4d5a);
    expect(view.getUint32(pe)).toBe(0x50450000);
    expect(view.getUint16(pe + 4, true)).toBe(machine);
    expect(view.getUint32(pe + 8, true)).toBe(0);
    expect(view.getUint16(pe + 24, true)).toBe(0x20b);
    expect(view.getUint16(pe + 24 + 68, true)).toBe(10);
  });
});

describe('bootmgr', () => {
  test('starts with a jump and is larger than a chunk, smaller than the limit', () => {
    const file = bootmgrStandIn();
    expect(file[0]).toBe(0xe9);
    expect(file).toHaveLength(150_000);
    expect(file.length % 512).not.toBe(0);
    expect(new DataView(file.buffer).getUint32(bootmgrProgram.patches.length, true)).toBe(file.length);
  });

  test('the kept code is within 16 KiB and has its digest', () => {
    const code = Buffer.from(bootmgrProgram.base64, 'base64');
    expect(code.length).toBeLessThanOrEqual(LIMIT);
    expect(sha256(code)).toBe(bootmgrProgram.sha256);
  });

  test('is the same each time and no two of its sectors are alike', () => {
    const file = Buffer.from(bootmgrStandIn());
    expect(file.equals(bootmgrStandIn())).toBe(true);
    const sectors = new Set<string>();
    for (let at = 0; at < file.length; at += 512) sectors.add(file.toString('latin1', at, at + 512));
    expect(sectors.size).toBe(Math.ceil(file.length / 512));
  });
});
