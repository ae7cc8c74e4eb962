/** Files made for each client: BCD stores whose paths lie under the client's own, and scripts for iPXE. */
import { winpeStore, writeBcd, type Firmware } from '../../../images/bcd/index.ts';
import type { PreparedImage } from '../../../media/network/index.ts';
import { versionPart } from '../../../media/network/index.ts';
import type { ServedFile } from '../../../pxe/content/index.ts';
import { bootScript, exitScript, type ScriptTargets } from '../../../pxe/ipxe/index.ts';
import { memoryFile } from './published-files.ts';
import { windowFor, type PublishSettings } from './published-settings.ts';

/** The path of a file of an image for a client, as boot managers write paths. `client` is a `clientPathKey`. */
export function clientPath(prepared: PreparedImage, client: string, name: string): string {
  return `b\\${versionPart(prepared.key)}\\${client}\\${name}`;
}

/** What is made, by the name below the client's part of the path. */
export const madeNames = [
  'bcd',
  'boot/bcd',
  'efi/microsoft/boot/bcd',
  'boot.ipxe',
  'prompt.ipxe',
  'exit.ipxe',
] as const;
export type MadeName = (typeof madeNames)[number];

/** BIOS looks for `\Boot\BCD`; UEFI beside its loader, by HTTP also where a disc has it (boot-chain 9, 10). */
const storeFirmware: Readonly<Partial<Record<MadeName, Firmware>>> = {
  bcd: 'uefi',
  'boot/bcd': 'bios',
  'efi/microsoft/boot/bcd': 'uefi',
};

/** The bytes behind a made name. `active`: computers that read boot images now. */
export function makeFor(
  prepared: PreparedImage,
  name: MadeName,
  client: string,
  settings: PublishSettings,
  active: number,
): ServedFile {
  const firmware = storeFirmware[name];
  if (firmware !== undefined) return memoryFile(store(prepared, firmware, client, settings, active), 'bcd');
  const text = name === 'exit.ipxe' ? exitScript() : bootScript(script(prepared, name, client, settings));
  return memoryFile(new TextEncoder().encode(text), 'script');
}

function store(
  prepared: PreparedImage,
  firmware: Firmware,
  client: string,
  { tftp }: PublishSettings,
  active: number,
): Uint8Array {
  const path = (name: string): string => `\\${clientPath(prepared, client, name)}`;
  return writeBcd(
    winpeStore({
      firmware,
      wimPath: path('boot.wim'),
      sdiPath: path('boot.sdi'),
      description: 'osdkit Windows PE',
      tftp: {
        blockSize: tftp.blockSize,
        windowSize: windowFor(tftp, active),
        ...(tftp.variableWindow ? { variableWindow: true } : {}),
      },
    }),
  );
}

function script(
  prepared: PreparedImage,
  name: MadeName,
  client: string,
  settings: PublishSettings,
): Parameters<typeof bootScript>[0] {
  const { name: image, version } = prepared.image;
  return {
    title: `osdkit: boot image ${image}${version === null ? '' : ` ${version}`}`,
    ...(name === 'prompt.ipxe' ? { prompt: { seconds: settings.promptSeconds } } : {}),
    ...scriptTargets(prepared, client, settings),
  };
}

/** How iPXE starts an image: UEFI as disc over HTTP, BIOS by the files for it, and where an image lacks those as disc, too. */
export function scriptTargets(prepared: PreparedImage, client: string, { http }: PublishSettings): ScriptTargets {
  const { starts } = prepared;
  const disc = { imageFile: 'boot.iso' };
  return {
    efi: starts.uefi && http ? disc : null,
    bios: starts.bios
      ? { program: 'pxeboot.n12', path: clientPath(prepared, client, 'pxeboot.n12') }
      : starts.biosDisc && http
        ? disc
        : null,
  };
}
