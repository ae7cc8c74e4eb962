/** The files that the error cases are about: boot images with one thing wrong each, variables, passwords, odd outputs. */
import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAll } from '../../images/bytes/index.ts';
import {
  bootmgr,
  bootSdi,
  fullWindows,
  peWim,
  program,
  winpeXml,
  type Files,
  type PeImage,
} from '../media/boot-image/winpe-image.ts';
import { run } from '../support/tools.ts';

const efi = 'Windows/Boot/EFI';
const sdiPlaces = ['Windows/Boot/DVD/EFI/boot.sdi', 'Windows/Boot/DVD/PCAT/boot.sdi'];

/** `bootmgr` as a text conversion from Latin-1 to UTF-8 leaves it (boot-chain 7). */
const mangledBootmgr = (): Uint8Array => Buffer.from(Buffer.from(bootmgr(300_000)).toString('latin1'), 'utf8');

/** A Windows PE without a file, by the name of its WIM: what the medium loses. */
export const withoutFile: Readonly<Record<string, Files>> = {
  'no-bootmgfw.wim': { [`${efi}/bootmgfw.efi`]: undefined },
  'no-boot-sdi.wim': Object.fromEntries(sdiPlaces.map((path) => [path, undefined])),
  'no-bootmgr.wim': { 'Windows/Boot/PCAT/bootmgr': undefined },
  'no-boot-stl.wim': { [`${efi}/boot.stl`]: undefined },
  'no-fonts.wim': {
    'Windows/Boot/Fonts/wgl4_boot.ttf': undefined,
    'Windows/Boot/Fonts/segmono_boot.ttf': undefined,
  },
  'no-winload-efi.wim': { 'Windows/System32/boot/winload.efi': undefined },
  'no-winload-exe.wim': { 'Windows/System32/boot/winload.exe': undefined },
  'no-pxeboot.wim': { 'Windows/Boot/PXE/pxeboot.n12': undefined },
  'no-bootmgr-exe.wim': { 'Windows/Boot/PXE/bootmgr.exe': undefined },
};

const ex: Files = { 'Windows/Boot/EFI_EX/bootmgfw_EX.efi': program('x64') };

/** The WIMs that our own writer makes: images and boot index. */
export const wims: Readonly<Record<string, readonly [images: readonly PeImage[], bootIndex: number]>> = {
  'winpe.wim': [[{}], 1],
  'boot-index-0.wim': [[{}], 0],
  'several.wim': [[{ name: 'First PE' }, { name: 'Second PE' }], 0],
  'not-winpe.wim': [
    [
      {
        only: fullWindows,
        name: 'Windows 11 Pro',
        windows: { ...winpeXml(), edition: 'Professional', installationType: 'Client' },
      },
    ],
    1,
  ],
  'arm64.wim': [[{ machine: 'arm64' }], 1],
  'disagree.wim': [[{ windows: winpeXml('arm64') }], 1],
  'only-ex.wim': [[{ files: { ...ex, [`${efi}/bootmgfw.efi`]: undefined } }], 1],
  'both-cas.wim': [[{ files: ex }], 1],
  'large-bootmgr.wim': [[{ files: { 'Windows/Boot/PCAT/bootmgr': bootmgr(524_289) } }], 1],
  'no-jump-bootmgr.wim': [[{ files: { 'Windows/Boot/PCAT/bootmgr': Buffer.from('this is no program') } }], 1],
  'mangled-bootmgr.wim': [[{ files: { 'Windows/Boot/PCAT/bootmgr': mangledBootmgr() } }], 1],
  'damaged-sdi.wim': [[{ files: Object.fromEntries(sdiPlaces.map((path) => [path, bootSdi().fill(0, 0, 8)])) }], 1],
  ...Object.fromEntries(Object.entries(withoutFile).map(([name, files]) => [name, [[{ files }], 1] as const])),
};

/** Makes all fixtures in `folder`; `wimlib` is the path of wimlib-imagex, for the forms that we do not write. */
export async function makeFixtures(folder: string, wimlib: string): Promise<void> {
  const place = (name: string): string => join(folder, name);
  for (const [name, [images, bootIndex]] of Object.entries(wims)) {
    const { source } = await peWim(images, bootIndex);
    writeFileSync(place(name), await readAll(source));
  }
  const whole = readFileSync(place('winpe.wim'));
  writeFileSync(place('truncated.wim'), whole.subarray(0, whole.length * 0.6));
  writeFileSync(place('header-only.wim'), whole.subarray(0, 150));
  writeFileSync(place('not-a-wim.wim'), 'A text file that somebody renamed.\n'.repeat(20));
  writeFileSync(place('empty.wim'), '');
  await makeForeignForms(folder, wimlib);
  makeTexts(place);
  mkdirSync(place('folder'));
  mkdirSync(place('media'));
  writeFileSync(place('media/file.txt'), 'content');
  writeFileSync(place('old.iso'), 'the old file');
  linkSync(place('winpe.wim'), place('hard-link.wim'));
  symlinkSync('winpe.wim', place('link.wim'));
  symlinkSync('nowhere', place('broken-link.iso'));
}

/** What boot managers refuse (boot-chain 3). */
async function makeForeignForms(folder: string, wimlib: string): Promise<void> {
  const forms: Readonly<Record<string, readonly string[]>> = {
    'solid.wim': ['--solid'],
    'lzms.wim': ['--compress=LZMS'],
    'large-chunks.wim': ['--compress=LZX', '--chunk-size=131072', '--recompress'],
    'pipable.wim': ['--pipable'],
  };
  for (const [name, flags] of Object.entries(forms)) {
    await run(wimlib, ['export', 'winpe.wim', '1', name, '--boot', ...flags], { cwd: folder });
  }
  await run(wimlib, ['split', 'winpe.wim', 'part.swm', '0.2'], { cwd: folder });
}

function makeTexts(place: (name: string) => string): void {
  const files: Readonly<Record<string, string>> = {
    'password.txt': 'correct horse\n',
    'other-password.txt': 'wrong horse\n',
    'empty-password.txt': '\n',
    'secret.yaml': 'OSDJoinPassword: hunter2-in-yaml\nSMSTSPreferredAdvertID: ABC20001\n',
    'marked-secret.yaml': 'SiteKey: {secret: hunter2-marked}\n',
    'broken.yaml': 'OSDJoinPassword: "hunter2-unclosed\nNext: 1\n',
    'list.yaml': '- hunter2-in-list\n',
    'nested.yaml': 'OSDJoinPassword: {value: hunter2-nested}\n',
    'reserved.yaml': '_SMSTSReserved: hunter2-reserved\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(place(name), text);
}

/** No output may hold it: every secret of the fixtures has it. */
export const secretMark = /hunter2|horse/;
