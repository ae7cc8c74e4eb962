/** What a fleet boots: names, sizes and digests that both sides know. Content is the index of each 16 bytes, so that mixed up parts show. */
import { createHash } from 'node:crypto';

export interface FleetSizes {
  /** Bytes. */
  readonly loader: number;
  readonly ramdisk: number;
  readonly image: number;
  readonly disc: number;
}

export const VERSION = '00000001';

/** Bytes of one file; `kind` makes those of each file different. */
export function content(kind: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const words = new Uint32Array(bytes.buffer, 0, Math.floor(size / 4));
  for (let index = 0; index < words.length; index++) words[index] = Math.imul(index + kind * 0x1000003, 0x9e3779b1);
  return bytes;
}

export interface FleetFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

export function fleetFiles({ loader, ramdisk, image, disc }: FleetSizes): FleetFile[] {
  return (
    [
      ['bootmgfw.efi', loader],
      ['pxeboot.n12', 2000],
      ['bootmgr.exe', loader],
      ['boot.sdi', ramdisk],
      ['boot.wim', image],
      ['boot.iso', disc],
    ] as const
  ).map(([name, size], index) => {
    const bytes = content(index + 1, size);
    return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
}

/** The store of one client, in a form of our own: it names the client, so that another one's is told. */
export const storeText = (client: string): string =>
  JSON.stringify({
    client,
    image: `\\b\\${VERSION}\\${client}\\boot.wim`,
    ramdisk: `\\b\\${VERSION}\\${client}\\boot.sdi`,
  });
