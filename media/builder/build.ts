/** The one runner of all builders: temporary name, write, verify, rename; so that media types contain only what differs. */
import { digestSources, openFile, writeOutput } from '../../images/bytes/index.ts';
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
    const report = await builder.verify(written, context);
    assertWhole(output, report);
    const [sha256 = ''] = await digestSources([written], context, 'hashing');
    return { report, sha256 };
  });
  return { path: output, plan, sha256, report };
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
