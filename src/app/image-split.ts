/** `image split`: a WIM as a set of parts that fit FAT32, a disc or a limit. */
import { basename, dirname, extname, join } from 'node:path';
import * as z from 'zod';
import { openFile, writeOutput } from '../../images/bytes/index.ts';
import { openWim, planSplit, writeSplitPart, type SplitPlan } from '../../images/wim/index.ts';
import { checkCanceled, type OperationContext } from '../core/index.ts';
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
    const sizes = await writeParts(plan, pathOf, force, context);
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

/** Parts written at the same time: copying is bound by the processor, and every machine has two. */
const atOnce = 2;

/** All parts get their names when the last one is whole: a run that fails leaves none of them. Their sizes. */
async function writeParts(
  plan: SplitPlan,
  pathOf: (part: number) => string,
  force: boolean,
  context: OperationContext,
): Promise<number[]> {
  const gate = resolvable();
  const contextOf = sharedProgress(plan, context);
  const waiting = [...plan.parts];
  const outputs: Promise<number>[] = [];
  /** Writes parts until there are no more; every one stays open until all are whole. */
  const writeNext = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      checkCanceled(context.signal);
      const whole = part;
      const written = resolvable();
      const output = writeOutput(pathOf(part.number), { force }, context, async (sink) => {
        const size = await writeSplitPart(plan, whole, sink, contextOf(whole.number));
        written.resolve();
        await gate.promise;
        return size;
      });
      output.catch((error: unknown) => written.reject(error));
      outputs[part.number - 1] = output;
      await written.promise;
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, writeNext));
    gate.resolve();
  } catch (error) {
    waiting.length = 0;
    gate.reject(error);
    await Promise.allSettled(outputs);
    throw error;
  }
  return Promise.all(outputs);
}

interface Resolvable {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** A promise that others fulfil; nobody has to wait for it. */
function resolvable(): Resolvable {
  let resolve = (): void => undefined;
  let reject = (_error: unknown): void => undefined;
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** One progress for all parts. */
function sharedProgress(plan: SplitPlan, context: OperationContext): (part: number) => OperationContext {
  const total = plan.parts.reduce((sum, { size }) => sum + size, 0);
  const phase = `writing ${plan.parts.length} parts`;
  const of = plan.parts.map(() => 0);
  let done = 0;
  return (part) => ({
    ...context,
    progress: (progress) => {
      done += progress.done - (of[part - 1] ?? 0);
      of[part - 1] = progress.done;
      context.progress({ phase, done, total, unit: 'bytes' });
    },
  });
}
