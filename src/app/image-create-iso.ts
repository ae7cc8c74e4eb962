/** `image create-iso`: any folder as one image file that boots as CD, stick and RAM disk where its files allow. */
import * as z from 'zod';
import { createHash } from 'node:crypto';
import { digestSources, openFile, transferStream, writeOutput, type ByteSink } from '../../images/bytes/index.ts';
import type { DiscLayout, DiscOptions } from '../../images/disc/index.ts';
import { readDirectory } from '../../images/tree/index.ts';
import { coreCode, IntegrityError, InternalError, type OperationContext } from '../core/index.ts';
import { checkLabel, defaultLabel } from '../model/index.ts';
import { checkOutput } from './check-output.ts';
import { appCode } from './codes.ts';
import { inSmallHeap } from './small-heap.ts';
import { useCase } from './use-case.ts';

export interface CreatedIso {
  readonly output: string;
  readonly size: number;
  readonly files: number;
  /** SHA-256 of the image file; absent in a plan. */
  readonly sha256?: string;
  /** Files of 4 GiB and more: in UDF and ISO 9660 alone, a stick will not show them. */
  readonly discOnly: readonly string[];
  readonly boots: { readonly uefi: boolean; readonly bios: boolean };
  readonly regions: DiscLayout['regions'];
  readonly warnings: readonly string[];
  readonly planned: boolean;
}

const noDigest = '0'.repeat(64);

/** What lies in memory until the image is written. */
interface Work {
  layout: DiscLayout | undefined;
}

export const imageCreateIso = useCase({
  name: 'image create-iso',
  summary: 'make one image file for CD, stick and HTTP Boot from a folder',
  effect: 'write',
  input: z.strictObject({
    folder: z.string(),
    output: z.string(),
    label: z.string().default(defaultLabel),
    layout: z.enum(['mbr', 'gpt']).default('mbr'),
    force: z.boolean().default(false),
    plan: z.boolean().default(false),
  }),
  run: (input, _services, context) => inSmallHeap(() => create(input, context)),
});

interface IsoInput extends PlanInput {
  readonly output: string;
  readonly force: boolean;
  readonly plan: boolean;
}

async function create(input: IsoInput, context: OperationContext): Promise<CreatedIso> {
  await checkOutput(input, [], [input.folder]);
  // No variable of this function may hold the plan: it lives until the image is verified.
  const work = await planned(input);
  const facts = factsOf(planOf(work), input.output);
  if (input.plan) return { ...facts, planned: true };
  const sha256 = await writeOutput(input.output, input, context, async (sink) => {
    await writeImage(planOf(work), sink, context);
    // The views that are read back take as much memory as the plan: 100 MiB for 100,000 files.
    work.layout = undefined;
    return verifyImage(sink.path, context);
  });
  return { ...facts, sha256, planned: false };
}

interface PlanInput {
  readonly folder: string;
  readonly label: string;
  readonly layout: DiscOptions['layout'];
}

async function planned(input: PlanInput): Promise<Work> {
  const { root } = await readDirectory(input.folder);
  const { layoutDisc } = await import('../../images/disc/index.ts');
  const { bootOptions, discIds, mediaTime } = await import('../../media/layout/index.ts');
  const label = checkLabel(input.label);
  const options = { label, layout: input.layout, time: mediaTime, ids: discIds(noDigest), ...bootOptions(root) };
  return { layout: layoutDisc(root, options) };
}

function planOf({ layout }: Work): DiscLayout {
  if (layout) return layout;
  throw new InternalError(coreCode.CORE_UNEXPECTED, 'the plan of the image was let go before it was written');
}

function factsOf(layout: DiscLayout, output: string): Omit<CreatedIso, 'sha256' | 'planned'> {
  const { size, files, discOnly, options, regions, warnings } = layout;
  const boots = { uefi: (options.loaders ?? []).length > 0, bios: options.bios !== undefined };
  return { output, size, files: files.length, discOnly, boots, regions, warnings };
}

/**
 * Files first, hashed while they are copied; then the directories, whose serials come from those hashes: so the content is
 * read once and equal folders give equal images.
 */
async function writeImage(layout: DiscLayout, sink: ByteSink, context: OperationContext): Promise<void> {
  const { filePieces, withIds, writeMetadata } = await import('../../images/disc/index.ts');
  const { discIds } = await import('../../media/layout/index.ts');
  await sink.truncate(layout.size);
  const content = createHash('sha256');
  let next = 0;
  const files = {
    pieces: filePieces(layout),
    count: layout.files.length,
    total: layout.payload,
    // The serials need to differ, not to prove anything; SHA-256 of one large file takes longer than copying it.
    digestKind: 'fingerprint' as const,
    digest: (fingerprint: string) => void content.update(`${layout.files[next++]?.path}\n${fingerprint}\n`),
  };
  await transferStream(files, sink, context, 'copying');
  await writeMetadata(withIds(layout, discIds(content.digest('hex'))), sink, context);
}

/** Reads the image back with our readers; the SHA-256 of the whole. Throws IntegrityError when views disagree. */
async function verifyImage(path: string, context: OperationContext): Promise<string> {
  const { checkDisc, compareDisc } = await import('../../images/disc/index.ts');
  await using written = await openFile(path);
  context.progress({ phase: 'verifying', done: 0, total: written.size, unit: 'bytes' });
  const problems = checkDisc(await compareDisc(written)).filter((problem) => problem.severity === 'error');
  if (problems.length > 0) {
    throw new IntegrityError(appCode.APP_NOT_WHOLE, `${path}: ${problems.map(({ message }) => message).join('; ')}`);
  }
  const [sha256 = ''] = await digestSources([written], context, 'verifying');
  return sha256;
}
