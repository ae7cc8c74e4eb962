/** The kept boot programs are what the pinned compiler makes of their sources, and another reader finds their version. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bootAa64, bootX64 } from '../../../../images/sample/programs/index.ts';
import { requireTool, run, scratch } from '../../../support/tools.ts';

const FOLDER = fileURLToPath(new URL('../../../../images/sample/programs/', import.meta.url));

describe('build.sh', () => {
  requireTool('clang-14', 'lld-link-14', 'ld.lld-14', 'nasm');
  test('gives the kept modules, byte for byte', async () => {
    const output = scratch();
    await run('bash', [join(FOLDER, 'build.sh'), output]);
    const names = [
      'boot-x64',
      'boot-aa64',
      'bootmgr-code',
      'pxeboot-n12',
      'pxeboot-com',
      'abortpxe-com',
      'bootmgr-exe',
    ];
    for (const name of names.map((one) => `${one}.ts`)) {
      expect(readFileSync(join(output, name), 'utf8'), name).toBe(readFileSync(join(FOLDER, name), 'utf8'));
    }
  });
});

describe('llvm-readobj', () => {
  const tools = requireTool('llvm-readobj-14');
  test.for([
    ['x64', bootX64(), 'IMAGE_FILE_MACHINE_AMD64'],
    ['arm64', bootAa64(), 'IMAGE_FILE_MACHINE_ARM64'],
  ] as const)('%s: machine, subsystem, version resource', async ([, program, machine]) => {
    const path = join(scratch(), 'boot.efi');
    writeFileSync(path, program);
    const { stdout } = await run(tools.path('llvm-readobj-14'), ['--file-headers', '--coff-resources', path]);
    expect(stdout).toContain(machine);
    expect(stdout).toContain('IMAGE_SUBSYSTEM_EFI_APPLICATION');
    expect(stdout).toMatch(/Type: VERSIONINFO/);
    // VS_FIXEDFILEINFO: signature, structure version, file version 1.0
    const at = Buffer.from(program).indexOf(Buffer.from('bd04effe', 'hex'));
    expect(at).toBeGreaterThan(0);
    expect([...program.subarray(at + 8, at + 16)]).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  });
});
