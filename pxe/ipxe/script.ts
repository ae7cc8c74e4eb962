/** Scripts for iPXE: what it boots, a prompt before it, and the way back to the next boot device. */

/** How a script starts the boot image; addresses are relative to that of the script. */
export interface ScriptTargets {
  /**
   * UEFI: the image file by HTTP, which iPXE attaches as a disc. A loader by TFTP would start and then stop: iPXE tells boot managers no
   * file sizes.
   */
  readonly efi: { readonly imageFile: string } | null;
  /** BIOS: a boot program, with the TFTP path that it is to take itself to be loaded from; or the image file as a disc. */
  readonly bios: { readonly program: string; readonly path: string } | { readonly imageFile: string } | null;
}

export interface BootScript extends ScriptTargets {
  /** Shown before it starts. */
  readonly title: string;
  /** Ask for F12 so many seconds first; without a key the next boot device has its turn. */
  readonly prompt?: { readonly seconds: number };
}

/** F12 as `prompt --key` has it (iPXE's keys.h: KEY_F12). */
const F12 = '0x197e';

/** The script that boots. */
export function bootScript({ title, prompt, efi, bios }: BootScript): string {
  return script([
    `echo ${plain(title)}`,
    ...(prompt === undefined
      ? []
      : [
          `prompt --key ${F12} --timeout ${Math.round(prompt.seconds * 1000)} Press F12 to start from the network ... || exit 1`,
        ]),
    'iseq ${platform} efi && goto efi ||',
    ...biosLines(bios),
    ':efi',
    ...efiLines(efi),
    ':failed',
    'echo osdkit: the boot image was not started',
    'sleep 5',
    'exit 1',
  ]);
}

/** The script that gives back to the firmware, which goes on to its next boot device. */
export function exitScript(): string {
  return script(['echo osdkit: nothing is deployed to this computer', 'exit 1']);
}

function efiLines(efi: ScriptTargets['efi']): readonly string[] {
  return efi === null ? ['echo osdkit: this boot image has nothing for UEFI'] : [disc(efi)];
}

function disc({ imageFile }: { readonly imageFile: string }): string {
  return `sanboot --no-describe ${imageFile} || goto failed`;
}

/**
 * The program asks for its next file beside its own boot file, which it reads from the packet that iPXE shows it: that of the
 * boot server, whose file was this script, or of DHCP where there is no other.
 */
function biosLines(bios: ScriptTargets['bios']): readonly string[] {
  if (bios === null) return ['echo osdkit: this boot image has nothing for BIOS', 'goto failed'];
  if ('imageFile' in bios) return [disc(bios), 'goto failed'];
  return [
    // Setting a value in a block that is not there would make one, without the server's address.
    `isset \${proxydhcp/next-server} && set proxydhcp/filename ${bios.path} || set netX/filename ${bios.path}`,
    `chain ${bios.program} || goto failed`,
    'goto failed',
  ];
}

function script(lines: readonly string[]): string {
  return ['#!ipxe', ...lines, ''].join('\n');
}

/** Text that is one line of a script and nothing else: names of images come from files. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]|[$|&]/g, '?').slice(0, 200);
}
