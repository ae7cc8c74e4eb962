/**
 * Media as a user gets them, by the use cases behind the commands, and what foreign tools read on them. Nothing here
 * reads a medium with code of ours: the CRCs that a boot program must print come from 7-Zip and mtools.
 */
import { constants, copyFileSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  checkInput,
  demo,
  type Demo,
  imageCreateIso,
  mediaCreateBootable,
  type Services,
} from '../../src/app/index.ts';
import { operationContext } from '../../src/core/index.ts';
import { fileLine } from '../images/sample/programs/foreign-media.ts';
import { bootVm, type Firmware, type Medium } from '../support/qemu.ts';
import { run, scratch } from '../support/tools.ts';

/** What reading a medium needs; for `requireTool`. */
export const READER_TOOLS = ['7z', 'mcopy', 'sfdisk'] as const;

const services: Services = { version: '0.0.0', workers: 1 };

/** `osdkit demo --architecture A`. */
export function makeDemo(architecture: Demo['architecture']): Promise<Demo> {
  return demo.run(checkInput(demo, { output: scratch(), architecture }), services, operationContext());
}

/** `osdkit media create bootable --boot-image WIM`; gives the path of the image file. */
export async function makeMedium(bootImage: string, options: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const output = join(scratch(), 'boot.iso');
  const input = checkInput(mediaCreateBootable, { bootImage, output, ...options });
  await mediaCreateBootable.run(input, services, operationContext());
  return output;
}

/** `osdkit image create-iso FOLDER`; gives the path of the image file. */
export async function makeIso(folder: string): Promise<string> {
  const output = join(scratch(), 'folder.iso');
  await imageCreateIso.run(checkInput(imageCreateIso, { folder, output }), services, operationContext());
  return output;
}

/** Size of the larger stick: far more than any of these images, and sparse. */
const GROWN_SIZE = 2 ** 31;

/** The image as `dd` leaves it on a larger stick: same bytes, more sectors behind them. */
export function grown(image: string): string {
  const copy = join(scratch(), `grown-${basename(image)}`);
  copyFileSync(image, copy, constants.COPYFILE_FICLONE);
  truncateSync(copy, GROWN_SIZE);
  return copy;
}

/** All files of an image file as 7-Zip reads them in one of its views; gives a folder. */
export async function filesByDisc(image: string, view: 'udf' | 'iso'): Promise<string> {
  const folder = scratch();
  await run('7z', ['x', `-t${view}`, '-y', `-o${folder}`, image]);
  return folder;
}

interface PartitionDump {
  readonly partitiontable: { readonly partitions: readonly { readonly start: number }[] };
}

/** All files of a stick's first partition as mtools read them; gives a folder. */
export async function filesByStick(image: string): Promise<string> {
  const { stdout } = await run('sfdisk', ['-J', image]);
  const [partition] = (JSON.parse(stdout) as PartitionDump).partitiontable.partitions;
  if (partition === undefined) throw new Error(`${image} has no partition:\n${stdout}`);
  const folder = join(scratch(), 'fat');
  mkdirSync(folder);
  await run('mcopy', ['-s', '-i', `${image}@@${partition.start * 512}`, '::/*', folder]);
  return folder;
}

/** The lines that a boot program prints about these files, from a folder in which a foreign tool put them. */
export function linesOf(folder: string, paths: readonly string[]): string[] {
  return paths.map((path) => fileLine(path, readFileSync(join(folder, path.replaceAll('\\', '/')))));
}

/** What UEFI starts read, in order; names as the store and the boot manager spell them (boot-chain 9). */
export const UEFI_FILES = ['\\EFI\\Microsoft\\Boot\\BCD', '\\boot\\boot.sdi', '\\sources\\boot.wim'] as const;

/** Starts a VM from a medium; the boot program's lines. Throws unless it powers off by itself. */
export async function linesOfStart(firmware: Firmware, kind: Medium['kind'], path: string): Promise<string[]> {
  const { lines, ended } = await bootVm({ firmware, medium: { kind, path }, until: /never printed/ });
  if (ended !== 'exit') throw new Error(`the VM did not power off: ${lines.join('\n')}`);
  return lines;
}
