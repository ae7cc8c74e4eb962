/** Boot images for tests of network boot, and what programs other than ours read in what is served of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAll } from '../../images/bytes/index.ts';
import { sampleBootImage } from '../../images/sample/index.ts';
import { bootX64 } from '../../images/sample/programs/index.ts';
import { fileLine } from '../images/sample/programs/foreign-media.ts';
import type { LabHost } from '../support/pxe-lab.ts';
import { FIRMWARE } from '../support/tool-table.ts';
import { run, scratch } from '../support/tools.ts';
import { filesByDisc } from './demo-media.ts';

/** What `signedWim` needs; for `requireTool`. */
export const SIGNING_TOOLS = ['openssl', 'sbsign', 'wimlib-imagex'] as const;

/** The sample boot image as a WIM file. */
export async function sampleWim(architecture: 'x64' | 'arm64', name = `${architecture}.wim`): Promise<string> {
  const path = join(scratch(), name);
  writeFileSync(path, await readAll(await sampleBootImage({ architecture })));
  return path;
}

/** The x64 sample whose loader is signed with the key that the test firmware trusts; all of it by foreign tools. */
export async function signedWim(): Promise<string> {
  const wim = await sampleWim('x64', 'signed.wim');
  const folder = scratch();
  const key = join(folder, 'key.pem');
  const program = join(folder, 'loader.efi');
  writeFileSync(program, bootX64());
  // Debian gives the key away with its password: it is for tests alone.
  await run('openssl', ['rsa', '-in', FIRMWARE.snakeoilKey, '-passin', 'pass:snakeoil', '-out', key]);
  await run('sbsign', ['--key', key, '--cert', FIRMWARE.snakeoilCertificate, '--output', program, program]);
  const command = `add '${program}' /Windows/Boot/EFI/bootmgfw.efi`;
  await run('wimlib-imagex', ['update', wim, '1', `--command=${command}`]);
  return wim;
}

/** A line of a boot program about a file: its path as it stands there. */
const FILE_LINE = /^osdkit-sample: (\S*[\\/]\S+) \d+ bytes crc32 [0-9a-f]{8}$/;

/** The lines about files among those that a boot program printed. */
export function fileLines(lines: readonly string[]): string[] {
  return lines.filter((line) => FILE_LINE.test(line));
}

/** What the lines about files must be, from the same paths as curl reads them by TFTP on another computer. */
export async function linesByTftp(from: LabHost, server: string, lines: readonly string[]): Promise<string[]> {
  const folder = scratch();
  const told: string[] = [];
  for (const line of fileLines(lines)) {
    const path = FILE_LINE.exec(line)?.[1] ?? '';
    const copy = join(folder, 'copy');
    await from.run('curl', ['-sS', '-o', copy, `tftp://${server}/${path.replace(/^\\/, '').replaceAll('\\', '/')}`]);
    told.push(fileLine(path, readFileSync(copy)));
  }
  return told;
}

/** The files of an image file that curl fetches on another computer, as 7-Zip reads its UDF side; gives a folder. */
export async function filesOfImageUrl(from: LabHost, url: string): Promise<string> {
  const image = join(scratch(), 'boot.iso');
  await from.run('curl', ['-sS', '--fail', '-o', image, url]);
  return filesByDisc(image, 'udf');
}
