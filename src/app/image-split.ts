/** `image split`: a WIM as a set of parts that fit FAT32, a disc or a limit. */
import { basename, dirname, extname, join } from 'node:path';
import * as z from 'zod';
import { openFile, writeOutput } from '../../images/bytes/index.ts';
import { openWim, planSplit, writeSplitPart, type SplitPlan } from '../../images/wim/index.ts';
import type { OperationContext } from '../core/index.ts';
import { checkOutput } from './check-output.ts';
import { useCase } from './use-case.ts';

const MiB = 1024 * 1024;

export interface SplitImage {
  readonly file: string;
  readonly parts: readonly { readonly path: string; readonly size: number; readonly blobs: number }[];
  /** Paths of parts larger than asked for: a file in the image cannot be divided. */
  readonly oversize: readonly string[];
}

export const imageSplit = useCase({
  name: 'image split',
  summary: 'divide a WIM into parts of a limited size',
  effect: 'write',
  input: z.strictObject({
    file: z.string(),
    output: z.string(),
    /** MiB; the default leaves room below the 4 GiB that FAT32 allows. */
    size: z.int().positive().default(3800),
    force: z.boolean().default(false),
  }),
  async run({ file, output, size, force }, _services, context): Promise<SplitImage> {
    await using source = await openFile(file);
    const plan = await planSplit(await openWim(source), size * MiB);
    const pathOf = (part: number): string => partPath(output, part);
    for (const { number } of plan.parts) await checkOutput({ output: pathOf(number), force, plan: false }, [file], []);
    const sizes = await writeParts(plan, 0, pathOf, force, context);
    return {
      file,
      parts: plan.parts.map((part, i) => ({
        path: pathOf(part.number),
        size: sizes[i] ?? part.size,
        blobs: part.blobs.length,
      })),
      oversize: plan.oversize.map((part) => pathOf(part.number)),
    };
  },
});

/** `x.swm`, `x2.swm`, `x3.swm`: the names by which Windows finds them (D.8). */
function partPath(output: string, part: number): string {
  const extension = extname(output);
  return part === 1 ? output : join(dirname(output), `${basename(output, extension)}${part}${extension}`);
}

/** All parts get their names when the last one is whole: a run that fails leaves none of them. Their sizes. */
async function writeParts(
  plan: SplitPlan,
  index: number,
  pathOf: (part: number) => string,
  force: boolean,
  context: OperationContext,
): Promise<number[]> {
  const part = plan.parts[index];
  if (!part) return [];
  return writeOutput(pathOf(part.number), { force }, context, async (sink) => {
    const size = await writeSplitPart(plan, part, sink, context);
    return [size, ...(await writeParts(plan, index + 1, pathOf, force, context))];
  });
}
