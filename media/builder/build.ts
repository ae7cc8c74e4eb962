/** The one runner of all builders: temporary name, write, verify, rename; so that media types contain only what differs. */
import { digestSources, openFile, writeOutput, type ByteSource } from '../../images/bytes/index.ts';
import { IntegrityError, type OperationContext } from '../../src/core/index.ts';
import { builderCode } from './codes.ts';
import type { Artifact, MediaBuilder, MediaPlan, VerificationReport } from './types.ts';

/**
 * Writes the planned medium to `output`. An existing file is replaced only with `force`, and only when the new one is whole
 * and verified. Throws InputError for an existing output, EnvironmentError for a full disk, IntegrityError
 * (`MEDIA_NOT_WHOLE`) when what was written does not verify.
 */
export async function buildMedia<Spec, Plan extends MediaPlan>(
  builder: MediaBuilder<Spec, Plan>,
  plan: Plan,
  output: string,
  options: { readonly force: boolean },
  context: OperationContext,
): Promise<Artifact<Plan>> {
  const { report, sha256 } = await writeOutput(output, options, context, async (sink) => {
    await builder.write(plan, sink, context);
    await using written = await openFile(sink.path);
    const [report, sha256] = await verified(builder, written, context);
    assertWhole(output, report);
    return { report, sha256 };
  });
  return { path: output, plan, sha256, report };
}

/** Verification and the hash of the whole at the same time: both read everything, each takes one core. */
async function verified<Spec, Plan extends MediaPlan>(
  builder: MediaBuilder<Spec, Plan>,
  written: ByteSource,
  context: OperationContext,
): Promise<readonly [VerificationReport, string]> {
  const stop = new AbortController();
  const quiet = { ...context, signal: AbortSignal.any([context.signal, stop.signal]), progress: () => undefined };
  const hashed = digestSources([written], quiet, 'hashing');
  // Awaited below; when verification fails first, nobody asks for it any more.
  hashed.catch(() => undefined);
  try {
    const report = await builder.verify(written, context);
    const [sha256 = ''] = await hashed;
    return [report, sha256];
  } catch (error) {
    stop.abort();
    await hashed.catch(() => undefined);
    throw error;
  }
}

function assertWhole(output: string, report: VerificationReport): void {
  const errors = report.problems.filter((problem) => problem.severity === 'error');
  if (errors.length === 0) return;
  throw new IntegrityError(
    builderCode.MEDIA_NOT_WHOLE,
    `${output}: what was written does not verify: ${errors.map((problem) => problem.message).join('; ')}`,
    {
      details: { problems: errors.map((problem) => problem.message) },
      hint: 'Nothing was kept and no existing file was touched. Try another disk; if it happens again, report it.',
    },
  );
}
