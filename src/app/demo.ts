/** `demo`: the sample boot image, and the image file made from it, on the same path as a real Windows PE. */
import { join } from 'node:path';
import * as z from 'zod';
import { digestSources, openFile, outputPlace, transfer, writeOutput } from '../../images/bytes/index.ts';
import { emptyDirectory, writeDirectory } from '../../images/tree/index.ts';
import type { BootablePlan } from '../../media/bootable/index.ts';
import type { OperationContext } from '../core/index.ts';
import { createMedium, type CreatedMedium } from './media-create-bootable.ts';
import { useCase } from './use-case.ts';

export interface Demo {
  readonly architecture: 'x64' | 'arm64';
  readonly folder: string;
  /** The sample boot image that stands for a real Windows PE. */
  readonly bootImage: { readonly path: string; readonly size: number; readonly sha256: string };
  readonly medium: CreatedMedium;
  /** Files that the boot programs print when they start, with their CRC-32 to compare. */
  readonly bios: boolean;
}

export const demo = useCase({
  name: 'demo',
  summary: 'make a sample boot image and a bootable image file from it, and verify it',
  effect: 'write',
  input: z.strictObject({
    output: z.string().default('osdkit-demo'),
    architecture: z.enum(['x64', 'arm64']).default('x64'),
    force: z.boolean().default(false),
  }),
  async run({ output, architecture, force }, services, context): Promise<Demo> {
    await writeDirectory(emptyDirectory(''), output, context);
    const wimPath = join(output, `sample-boot-${architecture}.wim`);
    const isoPath = join(output, `osdkit-demo-${architecture}.iso`);
    const bootImage = await writeSample(wimPath, architecture, force, context);
    await using file = await openFile(wimPath);
    const { bootableMedia } = await import('../../media/bootable/index.ts');
    const plan = await bootableMedia.plan(
      {
        bootImage: file,
        bootImageName: wimPath,
        label: 'OSDKIT-DEMO',
        layout: 'mbr',
        variables: [{ name: 'SMSTSPreferredAdvertID', value: 'DEMO0001' }],
        unattended: false,
        toolVersion: services.version,
      },
      context,
    );
    const replace = force || (await isSameMedium(isoPath, plan));
    const medium = await createMedium(plan, { output: isoPath, force: replace, plan: false }, context);
    return { architecture, folder: output, bootImage, medium, bios: architecture === 'x64' };
  },
});

/** Writes the sample WIM; one that is there already, with the same bytes, stays. */
async function writeSample(
  path: string,
  architecture: Demo['architecture'],
  force: boolean,
  context: OperationContext,
): Promise<Demo['bootImage']> {
  const { sampleBootImage } = await import('../../images/sample/index.ts');
  const sample = await sampleBootImage({ architecture });
  const [sha256 = ''] = await digestSources([sample], context, 'making the sample boot image');
  if ((await digestOf(path, context)) !== sha256) {
    await outputPlace(path, force);
    await writeOutput(path, { force }, context, (sink) =>
      transfer([{ at: 0, source: sample }], sink, context, 'writing the sample boot image'),
    );
  }
  return { path, size: sample.size, sha256 };
}

async function digestOf(path: string, context: OperationContext): Promise<string | undefined> {
  const file = await openFile(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    return (await digestSources([file], context))[0];
  } finally {
    await file.close();
  }
}

/** Whether the file is an earlier run's medium of the same plan: the only thing that the demo replaces unasked. */
async function isSameMedium(path: string, plan: BootablePlan): Promise<boolean> {
  const file = await openFile(path).catch(() => undefined);
  if (!file) return false;
  try {
    const { openMedium } = await import('../../media/inspect/index.ts');
    return (await openMedium(file)).document.mediaId === plan.mediaId;
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
