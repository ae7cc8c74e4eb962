/** What a site gives to a bootable medium: its boot image by name, the bootstrap and the policy of anyone who starts from it. */
import { digestSources, fileOnDisk, type ByteSource } from '../../images/bytes/index.ts';
import type { SiteFiles } from '../../media/bootable/index.ts';
import { EnvironmentError, InputError, type OperationContext, type Problem, type Secret } from '../core/index.ts';
import type { BootImage, Variable } from '../model/index.ts';
import { automaticProblems, mediumBootstrap, mediumPolicy, type SiteMedium } from '../policy/index.ts';
import { signDocument, writeBootstrap, writePolicy } from '../protocol/index.ts';
import { appCode } from './codes.ts';
import { findObject } from './find-object.ts';
import { openWholeSite, type OpenedSite } from './open-site.ts';
import { keysOfSite } from './policy-file.ts';

export interface SiteMediumRequest {
  /** Folder of the site. */
  readonly site: string;
  /** Name or id of a boot image. */
  readonly bootImage: string;
  readonly variables: readonly Variable[];
  readonly unattended: boolean;
  readonly unknownComputers: boolean;
  /** Of the site's keys; without it the policy is not signed. */
  readonly password?: Secret;
}

export interface SiteMediumParts {
  readonly bootImage: ByteSource;
  readonly bootImageName: string;
  /** Image of the WIM, where the site names one. */
  readonly index: number | undefined;
  readonly files: SiteFiles;
  readonly notes: readonly Problem[];
}

/**
 * Opens the boot image and writes the documents. Throws InputError: `APP_SITE` for a site with errors, `APP_OBJECT` for a name that
 * no boot image has, `APP_BOOT_IMAGE_CONTENT` where its bytes are nowhere, `APP_AUTOMATIC` for a preferred deployment that no medium
 * can start, and what opening the keys throws.
 */
export async function siteMedium(request: SiteMediumRequest, context: OperationContext): Promise<SiteMediumParts> {
  const opened = await openWholeSite(request.site, context);
  const { id = '', name, value } = findObject(opened.site, request.bootImage, ['bootImage']);
  const medium: SiteMedium = { ...request, kind: 'bootable', bootImage: { id, name } };
  const problems = automaticProblems(opened.site, medium);
  const [error] = problems.filter(({ severity }) => severity === 'error');
  if (error) {
    const options = error.hint === undefined ? {} : { hint: error.hint };
    throw new InputError(appCode.APP_AUTOMATIC, error.message, options);
  }
  const policy = mediumPolicy(opened.site, medium);
  const signed = request.password
    ? signDocument(policy, (await keysOfSite(opened, request.site, request.password)).signing)
    : policy;
  const files = { bootstrap: writeBootstrap(mediumBootstrap(opened.site, medium)), policy: writePolicy(signed) };
  const unsigned: Problem = {
    code: appCode.APP_POLICY_UNSIGNED,
    severity: 'warning',
    message: 'the policy on the medium is not signed: the password of the site keys was not given',
    hint: 'Give --site-password-file, or set OSDKIT_SITE_PASSWORD.',
  };
  return {
    bootImage: await bootImageSource(opened, name, value, context),
    bootImageName: `boot image ${name}`,
    index: value.index,
    files,
    notes: [...problems, ...(request.password ? [] : [unsigned])],
  };
}

/**
 * The bytes of a boot image: from the library, else from where it was taken, if it still is what it was. Throws InputError
 * (`APP_BOOT_IMAGE_CONTENT`).
 */
export async function bootImageSource(
  { content }: OpenedSite,
  name: string,
  value: BootImage,
  context: OperationContext,
): Promise<ByteSource> {
  const refused = (why: string): InputError =>
    new InputError(appCode.APP_BOOT_IMAGE_CONTENT, `boot image ${JSON.stringify(name)}: ${why}`, {
      details: { bootImage: name },
      hint: 'Take it in: osdkit image import FILE.wim --kind boot-image, or osdkit content add FILE.wim.',
    });
  const { sha256, source } = value.content ?? {};
  if (sha256 === undefined) throw refused('the site has no content of it');
  if ((await content.size(sha256)) !== undefined) return content.open(sha256);
  if (source === undefined) throw refused('its content is not in the content library');
  const file = await openSource(source);
  if (!file) throw refused(`its content is not in the content library, and ${source} cannot be read`);
  const [digest] = await digestSources([file], context, 'checking the boot image');
  if (digest === sha256) return file;
  throw refused(`its content is not in the content library, and ${source} was changed since it was taken in`);
}

/** Undefined where it cannot be opened: the site names it, but it may be on another computer. */
async function openSource(path: string): Promise<ByteSource | undefined> {
  try {
    return await fileOnDisk(path);
  } catch (error) {
    if (error instanceof InputError || error instanceof EnvironmentError) return undefined;
    throw error;
  }
}
