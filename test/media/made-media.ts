/** What the judges judge: boot images of the sample's files captured by wimlib, and media made from them by the use case. */
import { join } from 'node:path';
import { sampleBootImage, sampleTree } from '../../images/sample/index.ts';
import { transfer, writeOutput, type ByteSource } from '../../images/bytes/index.ts';
import { writeDirectory } from '../../images/tree/index.ts';
import { checkInput, mediaCreateBootable, type CreatedMedium } from '../../src/app/index.ts';
import { operationContext } from '../../src/core/index.ts';
import { run } from '../support/tools.ts';

export const services = { version: '1.2.3', workers: 0 };

/** Filler of the boot images here, bytes: enough for several chunks of any compression. */
const fillerSize = 300_000;

async function writeSource(path: string, source: ByteSource): Promise<string> {
  const context = operationContext();
  await writeOutput(path, { force: false }, context, (sink) => transfer([{ at: 0, source }], sink, context, 'test'));
  return path;
}

/** The sample boot image of our own writer; the path of the WIM. */
export async function sampleWim(folder: string, architecture: 'x64' | 'arm64' = 'x64'): Promise<string> {
  return writeSource(join(folder, 'sample.wim'), await sampleBootImage({ architecture, size: fillerSize }));
}

/** The sample's files as a folder, for wimlib to capture; its path. */
export async function sampleFolder(folder: string): Promise<string> {
  const files = join(folder, 'files');
  await writeDirectory(sampleTree('x64', fillerSize), files, operationContext());
  return files;
}

/** Captures a folder with wimlib, with what makes its Windows PE known as x64; the path of the WIM. */
export async function capture(wimlib: string, files: string, wim: string, options: readonly string[]): Promise<string> {
  await run(wimlib, ['capture', files, wim, 'captured', ...options]);
  await run(wimlib, ['info', wim, '1', '--image-property', 'WINDOWS/ARCH=9']);
  return wim;
}

/** `media create bootable` as the command line calls it. */
export function createBootable(options: Readonly<Record<string, unknown>>): Promise<CreatedMedium> {
  return mediaCreateBootable.run(checkInput(mediaCreateBootable, options), services, operationContext());
}
