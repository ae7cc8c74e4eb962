/**
 * Verifying a medium, without the inputs it was made from: every file against the manifest; every other byte against what
 * these files give when the image is laid out again; the boot paths against what boot managers demand.
 */
import { checkBcd } from '../../images/bcd/index.ts';
import { digestSources, readAll, type ByteSource } from '../../images/bytes/index.ts';
import { checkDisc } from '../../images/disc/index.ts';
import { filesOf, findFile } from '../../images/tree/index.ts';
import { bootability } from '../../images/wim/index.ts';
import {
  FormatError,
  InputError,
  type OperationContext,
  type OsdkitError,
  type Problem,
} from '../../src/core/index.ts';
import { canonicalJson, isSignedBy, mediaPath, writeManifest } from '../../src/protocol/index.ts';
import type { VerificationReport } from '../builder/index.ts';
import { storePath } from '../layout/index.ts';
import { inspectCode } from './codes.ts';
import { findMedium, type FoundMedium } from './open-medium.ts';
import { compareStructure } from './structure.ts';

/**
 * Reads the whole medium. Throws only when it cannot be read as one; what is wrong with it comes back as problems, each with
 * the path of the file.
 */
export async function verifyMedium(source: ByteSource, context: OperationContext): Promise<VerificationReport> {
  const problems: Problem[] = [];
  const told = ({ code, message, hint }: OsdkitError, path: string): void => {
    const text = message.startsWith(path) ? message : `${path}: ${message}`;
    problems.push(problem(code, text, hint));
  };
  const medium = await findMedium(source, (path, error) => told(error, path));
  const { root, document } = medium;
  problems.push(
    ...checkDisc(medium.disc),
    ...(await checkFiles(medium, context)),
    ...(await checkBoot(medium)),
    ...checkCopies(medium),
    ...checkDocuments(medium),
    ...checkSite(medium),
  );
  if (document) {
    try {
      problems.push(...(await compareStructure(source, root, document, context)));
    } catch (error) {
      // A damaged directory can show files that no image could be made of.
      if (!(error instanceof FormatError || error instanceof InputError)) throw error;
      told(error, 'directories');
    }
  }
  const files = filesOf(root);
  return {
    mediaId: document?.mediaId ?? medium.manifest?.mediaId ?? '',
    files: files.length,
    bytes: files.reduce((sum, { file }) => sum + file.content.size, 0),
    problems,
  };
}

function problem(code: string, message: string, hint?: string): Problem {
  return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
}

async function checkFiles(medium: FoundMedium, context: OperationContext): Promise<Problem[]> {
  if (!medium.manifestBytes) return [problem(inspectCode.MEDIA_NO_MANIFEST, `${mediaPath.manifest} is missing`)];
  if (!medium.manifest) return [];
  const problems: Problem[] = [];
  const listed = new Map(medium.manifest.files.map((file) => [file.path, file]));
  const present = filesOf(medium.root).filter(({ path }) => path !== mediaPath.manifest);
  const comparable = present.filter(({ path, file }) => {
    const entry = listed.get(path);
    if (!entry) problems.push(problem(inspectCode.MEDIA_FILE_UNLISTED, `${path}: is not in ${mediaPath.manifest}`));
    else if (entry.size !== file.content.size) {
      const sizes = `has ${file.content.size} bytes, ${mediaPath.manifest} says ${entry.size}`;
      problems.push(problem(inspectCode.MEDIA_FILE_SIZE, `${path}: ${sizes}`));
    } else return true;
    return false;
  });
  const digests = await digestSources(
    comparable.map(({ file }) => file.content),
    context,
    'verifying',
  );
  for (const [index, { path }] of comparable.entries()) {
    if (digests[index] === listed.get(path)?.sha256) continue;
    problems.push(
      problem(inspectCode.MEDIA_FILE_DIGEST, `${path}: its SHA-256 differs from that in ${mediaPath.manifest}`),
    );
  }
  const names = new Set(present.map(({ path }) => path));
  for (const path of listed.keys()) {
    if (!names.has(path))
      problems.push(problem(inspectCode.MEDIA_FILE_MISSING, `${path}: is missing, ${mediaPath.manifest} lists it`));
  }
  return problems;
}

async function checkBoot(medium: FoundMedium): Promise<Problem[]> {
  const problems: Problem[] = [];
  const exists = (path: string): boolean => findFile(medium.root, path) !== undefined;
  for (const firmware of ['uefi', 'bios'] as const) {
    const store = findFile(medium.root, storePath[firmware]);
    if (!store) continue;
    const found = checkBcd(await readAll(store.content), { exists, firmware });
    problems.push(
      ...found.map((one) => ({ ...problem(one.code, `${storePath[firmware]}: ${one.message}`, one.hint) })),
    );
  }
  const refused = medium.bootWim ? bootability(medium.bootWim.wim) : [];
  problems.push(...refused.map((one) => problem(one.code, `sources/boot.wim: ${one.message}`, one.hint)));
  return problems;
}

/** The files inside boot.wim are those of the medium. */
function checkCopies({ media, variables, bootstrapBytes, policyBytes, bootWim }: FoundMedium): Problem[] {
  if (!bootWim) return [];
  const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
    a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
  const problems: Problem[] = [];
  const differs = (path: string): number =>
    problems.push(problem(inspectCode.MEDIA_COPY_DIFFERS, `${path} inside boot.wim differs from that on the medium`));
  if (!same(bootWim.variables, variables)) differs(mediaPath.variables);
  if (!same(bootWim.media, media)) differs(mediaPath.media);
  for (const [path, inside, outside] of [
    [mediaPath.bootstrap, bootWim.bootstrap, bootstrapBytes],
    [mediaPath.policy, bootWim.policy, policyBytes],
  ] as const) {
    if ((inside ?? outside) !== undefined && !same(inside, outside)) differs(path);
  }
  return problems;
}

/** The manifest, whose bytes nothing vouches for until it is signed, fits media.json and is written as we write it. */
function checkDocuments({ manifest, manifestBytes, document }: FoundMedium): Problem[] {
  if (!manifest || !manifestBytes) return [];
  const problems: Problem[] = [];
  const wrong = (what: string): number =>
    problems.push(problem(inspectCode.MEDIA_MANIFEST_CHANGED, `${mediaPath.manifest}: ${what}`));
  if (Buffer.compare(writeManifest(manifest), manifestBytes) !== 0) wrong('it is not in canonical form');
  if (!document) return problems;
  if (manifest.mediaId !== document.mediaId) wrong(`its media id differs from that in ${mediaPath.media}`);
  if (canonicalJson(manifest.inputs) !== canonicalJson(document.inputs)) {
    wrong(`its inputs differ from those in ${mediaPath.media}`);
  }
  return problems;
}

/**
 * Bootstrap and policy come together, are of one site, and a signature is that of its key. An image for network boot was made without a
 * policy, and media.json says so.
 */
function checkSite({ bootstrap, bootstrapBytes, policy, policyBytes, document }: FoundMedium): Problem[] {
  const problems: Problem[] = [];
  const wrong = (what: string): number => problems.push(problem(inspectCode.MEDIA_SITE_CHANGED, what));
  const named = document?.inputs.some(({ role }) => role === 'site-policy');
  if (policyBytes && !bootstrapBytes) wrong(`${mediaPath.policy} is there, ${mediaPath.bootstrap} is missing`);
  if (bootstrapBytes && !policyBytes && named !== false) {
    wrong(`${mediaPath.bootstrap} is there, ${mediaPath.policy} is missing`);
  }
  if (policyBytes && bootstrapBytes && named === false) {
    wrong(`${mediaPath.policy} is there, ${mediaPath.media} does not name it among the inputs`);
  }
  if (!bootstrap || !policy) return problems;
  const { code, signing } = bootstrap.site;
  if (policy.site.code !== code) wrong(`${mediaPath.policy}: is of site ${policy.site.code}, the bootstrap of ${code}`);
  if (policy.signature !== '' && (signing === null || !isSignedBy(policy, signing))) {
    wrong(`${mediaPath.policy}: its signature is not that of the key in ${mediaPath.bootstrap}`);
  }
  return problems;
}
