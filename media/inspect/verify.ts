/**
 * Verifying a medium, without the inputs it was made from: every file against the manifest; every other byte against what
 * these files give when the image is laid out again; the boot paths against what boot managers demand.
 */
import { checkBcd } from '../../images/bcd/index.ts';
import { digestSources, readAll, type ByteSource } from '../../images/bytes/index.ts';
import { checkDisc } from '../../images/disc/index.ts';
import { filesOf, findFile } from '../../images/tree/index.ts';
import { bootability } from '../../images/wim/index.ts';
import type { OperationContext, Problem } from '../../src/core/index.ts';
import { mediaPath } from '../../src/protocol/index.ts';
import type { VerificationReport } from '../builder/index.ts';
import { storePath } from '../layout/index.ts';
import { inspectCode } from './codes.ts';
import { openMedium, type Medium } from './open-medium.ts';
import { compareStructure } from './structure.ts';

/** Reads the whole medium. Throws only when it cannot be read as one; what is wrong with it comes back as problems. */
export async function verifyMedium(source: ByteSource, context: OperationContext): Promise<VerificationReport> {
  const medium = await openMedium(source);
  const problems = [
    ...checkDisc(medium.disc),
    ...(await checkFiles(medium, context)),
    ...(await checkBoot(medium)),
    ...checkCopies(medium),
  ];
  problems.push(...(await compareStructure(source, medium, context)));
  const files = filesOf(medium.root);
  return {
    mediaId: medium.document.mediaId,
    files: files.length,
    bytes: files.reduce((sum, { file }) => sum + file.content.size, 0),
    problems,
  };
}

function problem(code: string, message: string, hint?: string): Problem {
  return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
}

async function checkFiles(medium: Medium, context: OperationContext): Promise<Problem[]> {
  if (!medium.manifest) return [problem(inspectCode.MEDIA_NO_MANIFEST, `${mediaPath.manifest} is missing`)];
  const problems: Problem[] = [];
  const listed = new Map(medium.manifest.files.map((file) => [file.path, file]));
  const present = filesOf(medium.root).filter(({ path }) => path !== mediaPath.manifest);
  const comparable = present.filter(({ path, file }) => {
    const entry = listed.get(path);
    if (!entry) problems.push(problem(inspectCode.MEDIA_FILE_UNLISTED, `${path}: is not in the manifest`));
    else if (entry.size !== file.content.size) {
      const sizes = `has ${file.content.size} bytes, the manifest says ${entry.size}`;
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
    problems.push(problem(inspectCode.MEDIA_FILE_DIGEST, `${path}: its SHA-256 differs from the manifest's`));
  }
  const names = new Set(present.map(({ path }) => path));
  for (const path of listed.keys()) {
    if (!names.has(path)) problems.push(problem(inspectCode.MEDIA_FILE_MISSING, `${path}: is missing`));
  }
  return problems;
}

async function checkBoot(medium: Medium): Promise<Problem[]> {
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
  const refused = bootability(medium.bootWim.wim);
  problems.push(...refused.map((one) => problem(one.code, `sources/boot.wim: ${one.message}`, one.hint)));
  return problems;
}

function checkCopies(medium: Medium): Problem[] {
  const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0;
  const problems: Problem[] = [];
  if (!same(medium.bootWim.variables, medium.variables)) {
    problems.push(problem(inspectCode.MEDIA_COPY_DIFFERS, `${mediaPath.variables} inside boot.wim differs`));
  }
  const id = medium.document.mediaId;
  const inside = medium.bootWim.media ? new TextDecoder().decode(medium.bootWim.media) : '';
  if (!inside.includes(id)) {
    problems.push(problem(inspectCode.MEDIA_COPY_DIFFERS, `${mediaPath.media} inside boot.wim is of another medium`));
  }
  return problems;
}
