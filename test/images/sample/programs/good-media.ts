/** The files of a medium that boots, and the lines it must give. */
import { bootmgrStandIn } from '../../../../images/sample/programs/index.ts';
import { fileLine, type Files, foreignSdi, foreignWim } from './foreign-media.ts';
import { foreignStore } from './foreign-store.ts';

/** A medium's files: store by libhivex, WIM by wimlib. */
export async function goodFiles(): Promise<Files> {
  return {
    'EFI/Microsoft/Boot/BCD': await foreignStore(),
    'boot/boot.sdi': foreignSdi(),
    'sources/boot.wim': await foreignWim(),
    bootmgr: bootmgrStandIn(),
  };
}

/** What the boot program prints of these files, to the end; `bcd` where the store is found elsewhere. */
export function fileLines(files: Files, bcd = '\\EFI\\Microsoft\\Boot\\BCD'): string[] {
  const of = (path: string) => files[path] ?? new Uint8Array();
  return [
    fileLine(bcd, of('EFI/Microsoft/Boot/BCD')),
    fileLine('\\boot\\boot.sdi', of('boot/boot.sdi')),
    fileLine('\\sources\\boot.wim', of('sources/boot.wim')),
    'osdkit-sample: done',
  ];
}
