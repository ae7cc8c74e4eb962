/** Windows PE images for tests, put together from files that the tests make: programs, hives, boot.sdi, texts. */
import { memorySource, readAll } from '../../../images/bytes/index.ts';
import { newValue, writeHive, type NewKey } from '../../../images/hive/index.ts';
import { filesOf, findFile, treeFromFiles, type DirectoryNode } from '../../../images/tree/index.ts';
import { openWim, writeWim, type NewImage, type Wim, type WindowsInfo } from '../../../images/wim/index.ts';
import {
  inspectBootImage,
  selectBootFiles,
  type BootFileSelection,
  type SelectOptions,
} from '../../../media/boot-image/index.ts';
import { handMadePe } from '../../images/pe/hand-made-pe.ts';
import { signed } from '../../images/pe/hand-made-signature.ts';

export type Files = Readonly<Record<string, Uint8Array | string | undefined>>;

const machines = { x64: 0x8664, arm64: 0xaa64, x86: 0x14c, arm: 0x1c4 } as const;
export type Machine = keyof typeof machines;

/** An EFI application (or, with another subsystem, another program) of a version. */
export function program(machine: Machine, subsystem = 10, build = 26100): Uint8Array {
  return handMadePe({ machine: machines[machine], subsystem, wide: machine !== 'x86', version: [10, 0, build, 1] });
}

/** An EFI application signed by CAs of these common names, with a security version. */
export function signedProgram(...issuers: readonly string[]): Uint8Array {
  const unsigned = handMadePe({
    subsystem: 10,
    version: [10, 0, 26100, 1],
    securityVersion: Uint8Array.of(0, 0, 8, 0),
  });
  return signed(unsigned, ...issuers.map((issuer) => ({ issuer, subject: 'Microsoft Windows' })));
}

/** Header, table and a small volume: what boot managers check. */
export function bootSdi(size = 0x4000): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from('$SDI0001'));
  bytes.set(Buffer.from('PART'), 0x400);
  view.setBigUint64(0x410, 0x2000n, true);
  view.setBigUint64(0x418, 0x2000n, true);
  return bytes;
}

/** Starts with a jump, as every bootmgr does. */
export function bootmgr(size = 400_000): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set([0xe9, 0xd5, 0x01, 0xeb]);
  return bytes;
}

const key = (name: string, subkeys: readonly NewKey[], values: NewKey['values'] = []): NewKey => ({
  name,
  subkeys,
  values,
});

export function softwareHive(edition: string): Uint8Array {
  const version = key('CurrentVersion', [], [newValue.string('EditionID', edition)]);
  return writeHive(key('ROOT', [key('Microsoft', [key('Windows NT', [version])])]));
}

export function systemHive(scratch = 128): Uint8Array {
  const services = key('Services', [key('FBWF', [], [newValue.dword('WinPECacheThreshold', scratch)])]);
  const select = key('Select', [], [newValue.dword('Current', 2)]);
  const setup = key('Setup', [], [newValue.string('CmdLine', 'winpeshl.exe')]);
  return writeHive(key('ROOT', [key('ControlSet002', [services]), select, setup]));
}

const system32 = 'Windows/System32';

/** Everything that a Windows PE image has for BIOS and UEFI media. Change it with the `files` of `peWim`. */
export function winpeFiles(machine: Machine = 'x64'): Record<string, Uint8Array | string> {
  const bios = machine === 'x64' || machine === 'x86';
  return {
    'Windows/Boot/EFI/bootmgfw.efi': program(machine),
    'Windows/Boot/EFI/boot.stl': 'revoked',
    'Windows/Boot/DVD/EFI/boot.sdi': bootSdi(),
    'Windows/Boot/Fonts/wgl4_boot.ttf': 'wgl4',
    'Windows/Boot/Fonts/segmono_boot.ttf': 'segmono',
    [`${system32}/boot/winload.efi`]: program(machine, 16),
    [`${system32}/winpeshl.exe`]: program(machine, 3),
    [`${system32}/wpeinit.exe`]: program(machine, 3),
    [`${system32}/startnet.cmd`]: 'wpeinit\r\n',
    [`${system32}/config/SOFTWARE`]: softwareHive('WindowsPE'),
    [`${system32}/config/SYSTEM`]: systemHive(),
    ...(bios
      ? {
          'Windows/Boot/PCAT/bootmgr': bootmgr(),
          'Windows/Boot/PXE/pxeboot.n12': 'nbp',
          'Windows/Boot/PXE/bootmgr.exe': 'bootmgr',
          [`${system32}/boot/winload.exe`]: program(machine, 16),
        }
      : {}),
  };
}

/** Files of a whole Windows: neither winpeshl.exe nor the edition. */
export const fullWindows: Files = {
  [`${system32}/ntdll.dll`]: program('x64', 3),
  [`${system32}/config/SOFTWARE`]: softwareHive('Professional'),
};

export function tree(files: Files): DirectoryNode {
  return treeFromFiles(
    Object.entries(files).flatMap(([path, content]) =>
      content === undefined
        ? []
        : [{ path, content: memorySource(typeof content === 'string' ? Buffer.from(content) : content) }],
    ),
  );
}

export interface PeImage {
  /** Laid over `winpeFiles`; undefined takes a file away. */
  readonly files?: Files;
  /** Instead of `winpeFiles`. */
  readonly only?: Files;
  readonly machine?: Machine;
  readonly name?: string;
  readonly windows?: WindowsInfo;
}

const archNumbers = { x86: 0, arm: 5, x64: 9, arm64: 12 } as const;

export const winpeXml = (machine: Machine = 'x64'): WindowsInfo => ({
  arch: archNumbers[machine],
  edition: 'WindowsPE',
  installationType: 'WindowsPE',
  productName: 'Microsoft Windows Operating System',
  version: { major: 10, minor: 0, build: 26100, spBuild: 1742, spLevel: 0 },
  languages: ['en-US', 'de-DE'],
  defaultLanguage: 'de-DE',
  systemRoot: 'WINDOWS',
});

/** A WIM of such images. */
export async function peWim(images: readonly PeImage[] = [{}], bootIndex = 1): Promise<Wim> {
  const made = await writeWim(
    images.map(
      ({ files = {}, only, machine = 'x64', name = 'Windows PE', windows }): NewImage => ({
        tree: tree(only ?? { ...winpeFiles(machine), ...files }),
        name,
        description: `${name} for tests`,
        windows: windows ?? winpeXml(machine),
      }),
    ),
    { bootIndex, guid: '01234567-89ab-cdef-0123-456789abcdef', created: Date.UTC(2026, 0, 1) },
  );
  return openWim(made.source);
}

/** Code of the error that a promise ends in. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

/** The selection for an image with these changes. */
export async function select(
  files: Files = {},
  options: SelectOptions = {},
  machine: Machine = 'x64',
): Promise<BootFileSelection> {
  return selectBootFiles(await inspectBootImage(await peWim([{ files, machine }])), options);
}

/** Paths on the medium, in the order of the tree. */
export const targets = ({ tree: root }: BootFileSelection): string[] => filesOf(root).map(({ path }) => path);

export const codes = ({ problems }: BootFileSelection): string[] => problems.map((problem) => problem.code);

export async function textAt({ tree: root }: BootFileSelection, path: string): Promise<string | undefined> {
  const file = findFile(root, path);
  return file && Buffer.from(await readAll(file.content)).toString();
}
