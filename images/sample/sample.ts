/**
 * The sample boot image: a WIM in Windows PE's layout with boot programs of our own, so that everything after it, from
 * inspection to booting, takes the same path as with a real image. Holds nothing of Microsoft's.
 */
import { encodeLatin1, memorySource, type ByteSource } from '../bytes/index.ts';
import { treeFromFiles, type DirectoryNode, type NewFile } from '../tree/index.ts';
import { writeWim, type NewImage } from '../wim/index.ts';
import { sampleBootSdi } from './boot-sdi.ts';
import { placeholderProgram } from './placeholder-program.ts';
import {
  abortpxeCom,
  bootAa64,
  bootmgrExeStandIn,
  bootmgrStandIn,
  bootX64,
  pxebootCom,
  pxebootN12,
} from './programs/index.ts';
import { sampleVersion, softwareHive, systemHive } from './registry.ts';

export interface SampleOptions {
  readonly architecture: 'x64' | 'arm64';
  /** Bytes of filler, so that boot.wim is as long to read as a small real one; 8 MiB unless told. */
  readonly size?: number;
}

/** Everything in the image has this time: 2026-01-01T00:00:00Z. */
const sampleTime = 1_767_225_600_000;

/** Fixed, so that the same sample has the same bytes everywhere. */
const sampleGuid = {
  x64: '6f73646b-6974-4d53-8000-000000008664',
  arm64: '6f73646b-6974-4d53-8000-00000000aa64',
} as const;

const consoleProgram = 3;
const bootApplication = 16;

const readme = [
  'This is the sample boot image of osdkit: the folders of Windows PE around boot programs of our own.',
  'It starts on PCs and virtual machines, checks what it was started from, prints that, and powers off.',
  'It cannot install anything and holds no file of Microsoft.',
  '',
].join('\r\n');

/**
 * The sample boot image as a WIM of stored files, the same bytes whatever the machine. Its only image is the bootable one.
 * The x64 sample has stand-ins for `bootmgr` and the BIOS programs of network boot, the arm64 one has no BIOS part.
 */
export async function sampleBootImage(options: SampleOptions): Promise<ByteSource> {
  const { architecture } = options;
  const image: NewImage = {
    tree: sampleTree(architecture, options.size ?? 8 * 1024 * 1024),
    name: `osdkit sample boot image (${architecture})`,
    description: `osdkit sample boot image (${architecture}): not Windows`,
    flags: '9', // what the ADK writes for Windows PE
    windows: {
      arch: architecture === 'x64' ? 9 : 12,
      edition: 'WindowsPE',
      installationType: 'WindowsPE',
      productName: 'osdkit sample, not Windows',
      productType: 'WinNT',
      version: sampleVersion,
      languages: ['en-US'],
      defaultLanguage: 'en-US',
      systemRoot: 'WINDOWS',
    },
  };
  const made = await writeWim([image], { bootIndex: 1, guid: sampleGuid[architecture], created: sampleTime });
  return made.source;
}

/** The tree of the image; for tests that leave something out. */
export function sampleTree(architecture: SampleOptions['architecture'], fillerSize: number): DirectoryNode {
  const program = (subsystem: number) => placeholderProgram({ architecture, subsystem });
  const sdi = sampleBootSdi();
  const files: [path: string, content: Uint8Array][] = [
    ['osdkit-sample.txt', encodeLatin1(readme)],
    ['Windows/Boot/EFI/bootmgfw.efi', architecture === 'x64' ? bootX64() : bootAa64()],
    ['Windows/Boot/DVD/EFI/boot.sdi', sdi],
    ['Windows/System32/boot/winload.efi', program(bootApplication)],
    ['Windows/System32/config/SOFTWARE', softwareHive()],
    ['Windows/System32/config/SYSTEM', systemHive()],
    ['Windows/System32/startnet.cmd', encodeLatin1('wpeinit\r\n')],
    ['Windows/System32/winpeshl.exe', program(consoleProgram)],
    ['Windows/System32/wpeinit.exe', program(consoleProgram)],
  ];
  if (fillerSize > 0) files.push(['Windows/System32/osdkit-sample.bin', filler(fillerSize)]);
  if (architecture === 'x64') {
    files.push(['Windows/Boot/DVD/PCAT/boot.sdi', sdi]);
    files.push(['Windows/Boot/PCAT/bootmgr', bootmgrStandIn()]);
    files.push(['Windows/Boot/PXE/abortpxe.com', abortpxeCom()]);
    files.push(['Windows/Boot/PXE/bootmgr.exe', bootmgrExeStandIn()]);
    files.push(['Windows/Boot/PXE/pxeboot.com', pxebootCom()]);
    files.push(['Windows/Boot/PXE/pxeboot.n12', pxebootN12()]);
    files.push(['Windows/System32/boot/winload.exe', program(bootApplication)]);
  }
  return treeFromFiles(files.map(([path, content]) => sampleFile(path, content)));
}

function sampleFile(path: string, content: Uint8Array): NewFile {
  return { path, content: memorySource(content), created: sampleTime, modified: sampleTime, attributes: 0x20 };
}

/** Bytes that do not compress and do not repeat, the same every time (xorshift32, Marsaglia 2003). */
function filler(size: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(size / 4) * 4);
  const view = new DataView(bytes.buffer);
  let state = 0x73616d70;
  for (let at = 0; at < bytes.length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    view.setInt32(at, state, true);
  }
  return bytes.subarray(0, size);
}
