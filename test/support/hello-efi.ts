/** Media with one EFI application that says hello, made by foreign tools alone: proves the lab without code of ours. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mkdirSync } from 'node:fs';
import { run } from './run.ts';

/** The tools that `helloImage` calls, for `requireTool`. */
export const HELLO_TOOLS = ['clang-14', 'lld-link-14', 'mkfs.fat', 'mmd', 'mcopy', 'xorriso'] as const;

const SOURCE = fileURLToPath(new URL('hello-efi/hello.c', import.meta.url));

const TARGETS = {
  ovmf: { target: 'x86_64-unknown-windows', name: 'BOOTX64.EFI', flags: ['-mno-red-zone'] },
  aavmf: { target: 'aarch64-unknown-windows', name: 'BOOTAA64.EFI', flags: [] },
} as const;

/** What it builds: a FAT file system without partitions (a stick), and a CD whose El Torito entry is that FAT. */
export interface HelloImages {
  readonly fat: string;
  readonly iso: string;
}

/** Builds the application for a firmware and puts it on both media in `folder`. */
export async function helloImages(firmware: keyof typeof TARGETS, folder: string): Promise<HelloImages> {
  const { target, name, flags } = TARGETS[firmware];
  const object = join(folder, 'hello.obj');
  const program = join(folder, name);
  const freestanding = ['-ffreestanding', '-fshort-wchar', '-fno-stack-protector', '-Os', '-Wall', '-Werror'];
  await run('clang-14', ['-target', target, ...freestanding, ...flags, '-c', '-o', object, SOURCE]);
  const link = ['-subsystem:efi_application', '-entry:efi_main', '-nodefaultlib', `-out:${program}`, object];
  await run('lld-link-14', link);

  const fat = join(folder, 'hello.fat');
  await run('mkfs.fat', ['-C', fat, '2880']);
  await run('mmd', ['-i', fat, '::/EFI', '::/EFI/BOOT']);
  await run('mcopy', ['-i', fat, program, '::/EFI/BOOT/']);

  const tree = join(folder, 'tree');
  mkdirSync(tree);
  await run('cp', [fat, join(tree, 'efi.img')]);
  const iso = join(folder, 'hello.iso');
  await run('xorriso', ['-as', 'mkisofs', '-quiet', '-e', 'efi.img', '-no-emul-boot', '-o', iso, tree]);
  return { fat, iso };
}
