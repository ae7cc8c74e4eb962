/** `media create bootable`: from a boot image to one image file that boots as CD, as stick and over HTTP. */
import * as z from 'zod';
import { openFile } from '../../images/bytes/index.ts';
import { readDirectory } from '../../images/tree/index.ts';
import type { BootablePlan } from '../../media/bootable/index.ts';
import type { MediaPlan, VerificationReport } from '../../media/builder/index.ts';
import type { OperationContext } from '../core/index.ts';
import {
  checkLabel,
  checkValidity,
  checkZonedDate,
  defaultLabel,
  mergeVariables,
  type Variable,
} from '../model/index.ts';
import { checkOutput } from './check-output.ts';
import { readPasswordFile } from './password-file.ts';
import { useCase } from './use-case.ts';
import { parseVariableOptions, readVariablesFile } from './variables-file.ts';

const input = z.strictObject({
  bootImage: z.string(),
  output: z.string(),
  index: z.int().positive().optional(),
  architecture: z.enum(['x64', 'arm64', 'x86']).optional(),
  bootFiles: z.string().optional(),
  signingCa: z.enum(['2011', '2023']).optional(),
  label: z.string().default(defaultLabel),
  layout: z.enum(['mbr', 'gpt']).default('mbr'),
  variables: z.array(z.string()).default([]),
  variablesFile: z.string().optional(),
  passwordFile: z.string().optional(),
  unattended: z.boolean().default(false),
  start: z.string().optional(),
  expires: z.string().optional(),
  force: z.boolean().default(false),
  plan: z.boolean().default(false),
});
export type CreateBootableInput = z.infer<typeof input>;

export interface CreatedMedium
  extends Pick<MediaPlan, 'mediaId' | 'document' | 'files' | 'regions' | 'size' | 'notes'> {
  readonly output: string;
  /** Whether only the plan was asked for: then nothing was written. */
  readonly planned: boolean;
  readonly sha256?: string;
  readonly verified?: VerificationReport;
}

export const mediaCreateBootable = useCase({
  name: 'media create bootable',
  summary: 'make an image file that boots a Windows PE as CD, as stick and over HTTP',
  effect: 'write',
  input,
  async run(request, services, context): Promise<CreatedMedium> {
    const { bootImage: given, bootFiles, variablesFile, passwordFile } = request;
    await checkOutput(request, [given, variablesFile, passwordFile], [bootFiles]);
    await using bootImage = await openFile(request.bootImage);
    const folder = request.bootFiles === undefined ? undefined : await readDirectory(request.bootFiles);
    const { bootableMedia } = await import('../../media/bootable/index.ts');
    const plan = await bootableMedia.plan(
      {
        bootImage,
        bootImageName: request.bootImage,
        label: checkLabel(request.label),
        layout: request.layout,
        variables: await requestedVariables(request),
        unattended: request.unattended,
        toolVersion: services.version,
        ...(request.index === undefined ? {} : { index: request.index }),
        ...(request.architecture === undefined ? {} : { architecture: request.architecture }),
        ...(folder === undefined ? {} : { bootFiles: folder.root }),
        ...(request.signingCa === undefined ? {} : { signingCa: request.signingCa }),
        ...(request.passwordFile === undefined ? {} : { password: await readPasswordFile(request.passwordFile) }),
        ...validity(request),
      },
      context,
    );
    return await createMedium(plan, request, context); // without await the boot image would be closed first
  },
});

/** Writes a planned medium, or shows its plan. */
export async function createMedium(
  plan: BootablePlan,
  request: { readonly output: string; readonly force: boolean; readonly plan: boolean },
  context: OperationContext,
): Promise<CreatedMedium> {
  const { mediaId, document, files, regions, size, notes } = plan;
  const facts = { output: request.output, mediaId, document, files, regions, size, notes };
  if (request.plan) return { ...facts, planned: true };
  const { bootableMedia } = await import('../../media/bootable/index.ts');
  const { buildMedia } = await import('../../media/builder/index.ts');
  const artifact = await buildMedia(bootableMedia, plan, request.output, request, context);
  return { ...facts, planned: false, sha256: artifact.sha256, verified: artifact.report };
}

/** The file's variables, then those of the command line, which win. */
async function requestedVariables(request: CreateBootableInput): Promise<Variable[]> {
  const file = request.variablesFile;
  return mergeVariables([
    ...(file === undefined ? [] : [{ place: file, variables: await readVariablesFile(file) }]),
    { place: '--variable', variables: parseVariableOptions(request.variables) },
  ]);
}

function validity({ start, expires }: CreateBootableInput): { start?: string; expires?: string } {
  if (start !== undefined) checkZonedDate(start, '--start');
  if (expires !== undefined) checkZonedDate(expires, '--expires');
  checkValidity(start, expires);
  return { ...(start === undefined ? {} : { start }), ...(expires === undefined ? {} : { expires }) };
}
