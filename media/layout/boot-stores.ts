/** The BCD stores of a medium: one layout for CD, stick, TFTP and HTTP; only the loader's name differs (boot-chain 0, 9). */
import { winpeStore, writeBcd } from '../../images/bcd/index.ts';
import { memorySource } from '../../images/bytes/index.ts';
import type { NewFile } from '../../images/tree/index.ts';

/** Where each boot manager looks for its store on a medium (boot-chain 9). */
export const storePath = { uefi: 'EFI/Microsoft/Boot/BCD', bios: 'boot/bcd' } as const;

/** What the stores point at, as paths on the medium. */
export const bootWimPath = 'sources/boot.wim';
export const bootSdiPath = 'boot/boot.sdi';

/** The stores that a medium needs; BIOS only where there is a `bootmgr` to read it. */
export function bootStores(firmware: { readonly uefi: boolean; readonly bios: boolean }): NewFile[] {
  const kinds = (['uefi', 'bios'] as const).filter((kind) => firmware[kind]);
  return kinds.map((kind) => ({
    path: storePath[kind],
    content: memorySource(
      writeBcd(winpeStore({ firmware: kind, wimPath: windowsPath(bootWimPath), sdiPath: windowsPath(bootSdiPath) })),
    ),
  }));
}

function windowsPath(path: string): string {
  return `\\${path.replaceAll('/', '\\')}`;
}
