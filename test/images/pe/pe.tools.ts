/** `readPe` on programs that clang, lld and llvm-rc make here, and on node.exe, judged by llvm-readobj. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFile } from '../../../images/bytes/index.ts';
import { readPe, subsystem, type PeFile } from '../../../images/pe/index.ts';
import { describeWithTools, requireTool, run, scratch } from '../../support/tools.ts';

const program = `
typedef void *P;
__declspec(dllimport) int first_call(void);
__declspec(dllimport) int second_call(void);
__declspec(dllimport) int late_call(void);
P __stdcall __delayLoadHelper2(P a, P b) { return 0; }
P __chkstk(void) { return 0; }
int entry(void) { return first_call() + second_call() + late_call(); }
`;

// VS_VERSION_INFO of a boot manager's kind; ids and names as in winver.h.
const resource = `
1 VERSIONINFO
FILEVERSION 10,0,26100,1742
PRODUCTVERSION 10,0,26100,1
FILEFLAGSMASK 0x3fL
FILEOS 0x40004L
FILETYPE 1
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904b0"
    BEGIN
      VALUE "FileDescription", L"Test boot manager \\x00e9"
      VALUE "OriginalFilename", "bootmgr.exe"
      VALUE "ProductVersion", "10.0.26100.1"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200
  END
END
OTHERNUMBER RCDATA { 0x00070000L }
BOOTMGRSECURITYVERSIONNUMBER RCDATA { 0x00080001L }
`;

const machines = [
  {
    name: 'x64',
    target: 'x86_64-pc-windows-msvc',
    link: 'x64',
    library: 'i386:x86-64',
    coff: 'IMAGE_FILE_MACHINE_AMD64',
  },
  {
    name: 'arm64',
    target: 'aarch64-pc-windows-msvc',
    link: 'arm64',
    library: 'arm64',
    coff: 'IMAGE_FILE_MACHINE_ARM64',
  },
  { name: 'x86', target: 'i686-pc-windows-msvc', link: 'x86', library: 'i386', coff: 'IMAGE_FILE_MACHINE_I386' },
] as const;

async function read(path: string): Promise<PeFile> {
  const file = await openFile(path);
  try {
    return await readPe(file);
  } finally {
    await file.close();
  }
}

/** DLL names of one kind of block in llvm-readobj's text. */
function namesOf(text: string, block: 'Import' | 'DelayImport'): string[] {
  return [...text.matchAll(new RegExp(`^${block} \\{\\s+Name: (.+)$`, 'gm'))].map((match) => match[1] as string);
}

describeWithTools(['clang-14', 'lld-link-14', 'llvm-readobj-14'], 'programs made by clang and lld', (tools) => {
  const readobj = tools.path('llvm-readobj-14');
  // Of the same package as llvm-readobj.
  const rc = readobj.replace('readobj', 'rc');
  const dlltool = readobj.replace('readobj', 'dlltool');
  let folder = '';

  beforeAll(async () => {
    folder = scratch();
    writeFileSync(join(folder, 'main.c'), program);
    writeFileSync(join(folder, 'main.rc'), resource);
    for (const [dll, names] of [
      ['one.dll', ['first_call']],
      ['TWO.DLL', ['second_call']],
      ['late.dll', ['late_call']],
    ] as const) {
      writeFileSync(join(folder, `${dll}.def`), `LIBRARY ${dll}\nEXPORTS\n${names.map((n) => `  ${n}\n`).join('')}`);
    }
    await run(rc, ['/fo', 'main.res', 'main.rc'], { cwd: folder });
  });

  describe.each(machines)('$name', ({ name, target, link, library, coff }) => {
    test('imports, delay imports, version, machine and subsystem are those of llvm-readobj', async () => {
      const cwd = folder;
      const clang = ['-target', target, '-O1', '-ffreestanding', '-fno-stack-protector', '-c', 'main.c'];
      await run(tools.path('clang-14'), [...clang, '-o', `main-${name}.obj`], { cwd });
      for (const dll of ['one.dll', 'TWO.DLL', 'late.dll']) {
        await run(dlltool, ['-m', library, '-d', `${dll}.def`, '-l', `${dll}-${name}.lib`], { cwd });
      }
      const libraries = ['one.dll', 'TWO.DLL', 'late.dll'].map((dll) => `${dll}-${name}.lib`);
      const flags = ['/nodefaultlib', '/entry:entry', '/subsystem:console', '/safeseh:no', '/delayload:late.dll'];
      const out = `main-${name}.exe`;
      const inputs = [`main-${name}.obj`, 'main.res', ...libraries];
      await run(tools.path('lld-link-14'), [...flags, `/machine:${link}`, `/out:${out}`, ...inputs], { cwd });

      const { stdout } = await run(readobj, ['--file-headers', '--coff-imports', out], { cwd });
      const pe = await read(join(cwd, out));
      expect(stdout).toContain(coff);
      expect(pe.machine).toBe(name);
      expect(stdout).toContain('IMAGE_SUBSYSTEM_WINDOWS_CUI');
      expect(pe.subsystem).toBe(subsystem.windowsConsole);
      expect(pe.imports).toEqual(namesOf(stdout, 'Import'));
      expect(pe.imports).toEqual(['one.dll', 'TWO.DLL']);
      expect(pe.delayImports).toEqual(namesOf(stdout, 'DelayImport'));
      expect(pe.delayImports).toEqual(['late.dll']);
      expect(pe.version?.fileVersion).toBe('10.0.26100.1742');
      expect(pe.version?.productVersion).toBe('10.0.26100.1');
      const resources = await run(readobj, ['--coff-resources', out], { cwd });
      expect(resources.stdout).toMatch(/BOOTMGRSECURITYVERSIONNUMBER[^]*?Data \(\s*0000: 01000800/);
      expect(pe.securityVersion).toBe('8.1');
      expect(Object.fromEntries(pe.version?.strings ?? [])).toEqual({
        FileDescription: 'Test boot manager é',
        OriginalFilename: 'bootmgr.exe',
        ProductVersion: '10.0.26100.1',
      });
      const count = Number(/SectionCount: (\d+)/.exec(stdout)?.[1]);
      expect(pe.sections).toHaveLength(count);
    });
  });
});

describe('node.exe of the engine', () => {
  const tools = requireTool('node-windows', 'llvm-readobj-14');
  test('imports are those of llvm-readobj; version and signature are found', async () => {
    const path = tools.path('node-windows');
    const { stdout } = await run(tools.path('llvm-readobj-14'), ['--file-headers', '--coff-imports', path]);
    const pe = await read(path);
    expect(pe.machine).toBe('x64');
    expect(pe.imports).toEqual(namesOf(stdout, 'Import'));
    expect(pe.delayImports).toEqual(namesOf(stdout, 'DelayImport'));
    expect(pe.imports.map((name) => name.toUpperCase())).toContain('WS2_32.DLL');
    expect(pe.version?.strings.get('OriginalFilename')).toBe('node.exe');
    expect(pe.version?.fileVersion).toMatch(/^22\.\d+\.\d+\.0$/);
    const [, address, size] =
      /CertificateTableRVA: 0x([0-9A-F]+)\s+CertificateTableSize: 0x([0-9A-F]+)/.exec(stdout) ?? [];
    expect(pe.certificateTable).toEqual({ offset: Number(`0x${address}`), size: Number(`0x${size}`) });
  });
});
