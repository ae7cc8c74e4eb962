/** Builds the boot program for the host (host.c, under AddressSanitizer) and runs it over folders and image files. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleLines } from '../../../support/serial-text.ts';
import { run, scratch } from '../../../support/tools.ts';
import type { Files } from './foreign-media.ts';

const SOURCES = fileURLToPath(new URL('../../../../images/sample/programs/', import.meta.url));
const HOST = fileURLToPath(new URL('host.c', import.meta.url));

const SANITIZE = ['-fsanitize=address,undefined', '-fno-sanitize-recover', '-fsanitize-trap=undefined'];
const FLAGS = ['-fshort-wchar', '-std=gnu11', '-g', '-O1', ...SANITIZE, '-I', SOURCES, '-c'];

/** What ran. */
export interface HostRun {
  readonly lines: string[];
  readonly output: string;
  /** What went to the serial port beside the console. */
  readonly serial: string;
}

/** The built program. */
export interface HostProgram {
  /** Runs it with host.c's arguments; throws with its output when a sanitizer or the kernel stops it. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<HostRun>;
}

/** Compiles; libasan is GCC's, which clang-14 depends on (its own run-time library is another package). */
export async function buildHostProgram(): Promise<HostProgram> {
  const folder = scratch();
  const objects = [join(folder, 'host.o')];
  await run('clang-14', [...FLAGS, '-o', join(folder, 'host.o'), HOST]);
  for (const name of readdirSync(SOURCES).filter((file) => file.endsWith('.c'))) {
    const object = join(folder, `${name}.o`);
    // The program brings its own memset and memcpy, and host.c its own allocate: no two of a name.
    const renamed = ['-fno-builtin', '-Dmemset=sample_memset', '-Dmemcpy=sample_memcpy'];
    if (name === 'memory.c') renamed.push('-Dallocate=unused_allocate', '-Drelease=unused_release');
    await run('clang-14', [...FLAGS, ...renamed, '-o', object, join(SOURCES, name)]);
    objects.push(object);
  }
  const program = join(folder, 'host');
  await run('clang-14', ['-o', program, ...objects, '-lasan']);
  return {
    run: async (args, env = {}) => {
      const { stdout, stderr } = await run(program, args, {
        env: { ASAN_OPTIONS: 'detect_leaks=0', ...env },
        timeout: 60_000,
      });
      return { output: stdout, serial: stderr, lines: sampleLines(stdout) };
    },
  };
}

/** Writes files into a fresh folder, as the volume or TFTP root of a run. */
export function hostFolder(files: Files): string {
  const folder = scratch();
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
