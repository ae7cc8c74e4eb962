/** `media create bootable`: from a boot image to one image file that boots as CD, as stick and over HTTP. */
import * as z from 'zod';
import { openFile } from '../../images/bytes/index.ts';
import { readDirectory } from '../../images/tree/index.ts';
import type { BootablePlan } from '../../media/bootable/index.ts';
import type { MediaPlan, VerificationReport } from '../../media/builder/index.ts';
import { coreCode, InternalError, type OperationContext } from '../core/index.ts';
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
import type { SiteMediumParts } from './site-medium.ts';
import { secretInput } from './site-password.ts';
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
  /** Folder of a site: `bootImage` is then the name of one of its boot images. */
  site: z.string().min(1).optional(),
  unknownComputers: z.boolean().default(true),
  sitePasswordFile: z.string().optional(),
  /** As it stands in the environment; the file wins. */
  sitePassword: secretInput.optional(),
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
    const { site, bootFiles, variablesFile, passwordFile, sitePasswordFile } = request;
    const given = site === undefined ? request.bootImage : undefined;
    await checkOutput(request, [given, variablesFile, passwordFile, sitePasswordFile], [bootFiles, site]);
    const variables = await requestedVariables(request);
    const ofSite = site === undefined ? undefined : await partsOfSite(site, variables, request, context);
    await using file = ofSite ? undefined : await openFile(request.bootImage);
    const bootImage = ofSite?.bootImage ?? file;
    if (!bootImage) throw new InternalError(coreCode.CORE_UNEXPECTED, 'no boot image was opened');
    const index = request.index ?? ofSite?.index;
    const folder = request.bootFiles === undefined ? undefined : await readDirectory(request.bootFiles);
    const { bootableMedia } = await import('../../media/bootable/index.ts');
    const plan = await bootableMedia.plan(
      {
        bootImage,
        bootImageName: ofSite?.bootImageName ?? request.bootImage,
        label: checkLabel(request.label),
        layout: request.layout,
        variables,
        unattended: request.unattended,
        toolVersion: services.version,
        ...(index === undefined ? {} : { index }),
        ...(ofSite ? { site: ofSite.files } : {}),
        ...(request.architecture === undefined ? {} : { architecture: request.architecture }),
        ...(folder === undefined ? {} : { bootFiles: folder.root }),
        ...(request.signingCa === undefined ? {} : { signingCa: request.signingCa }),
        ...(request.passwordFile === undefined ? {} : { password: await readPasswordFile(request.passwordFile) }),
        ...validity(request),
      },
      context,
    );
    const noted = { ...plan, notes: [...plan.notes, ...(ofSite?.notes ?? [])] };
    return await createMedium(noted, request, context); // without await the boot image would be closed first
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

/** What the site gives; its documents are signed where a password of its keys was given. */
async function partsOfSite(
  site: string,
  variables: readonly Variable[],
  request: CreateBootableInput,
  context: OperationContext,
): Promise<SiteMediumParts> {
  const { bootImage, unattended, unknownComputers, sitePasswordFile, sitePassword } = request;
  const password = sitePasswordFile === undefined ? sitePassword : await readPasswordFile(sitePasswordFile);
  const parts = { site, bootImage, variables, unattended, unknownComputers };
  // Most media are made without a site: they need not load all that reads one.
  const { siteMedium } = await import('./site-medium.ts');
  return siteMedium({ ...parts, ...(password === undefined ? {} : { password }) }, context);
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
