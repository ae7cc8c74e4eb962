/** Reading a medium back: its views, osdkit's own files on it, and the copies of them inside its boot.wim. */
import { readAll, sourceName, type ByteSource, namedSource } from '../../images/bytes/index.ts';
import { openDisc, type Disc } from '../../images/disc/index.ts';
import { findFile, type DirectoryNode } from '../../images/tree/index.ts';
import { openWim, type Wim } from '../../images/wim/index.ts';
import { FormatError, InputError, type OsdkitError } from '../../src/core/index.ts';
import {
  type BootstrapDocument,
  type Manifest,
  type MediaDocument,
  mediaPath,
  type PolicyDocument,
  readBootstrap,
  readManifest,
  readMediaDocument,
  readPolicy,
} from '../../src/protocol/index.ts';
import { bootWimPath } from '../layout/index.ts';
import { inspectCode } from './codes.ts';

/** osdkit's own files are small; a medium that says otherwise is hostile. */
const containerLimit = 64 * 1024 * 1024;

export interface BootWim {
  readonly wim: Wim;
  readonly media: Uint8Array | undefined;
  readonly variables: Uint8Array | undefined;
  /** Of media made from a site. */
  readonly bootstrap: Uint8Array | undefined;
  readonly policy: Uint8Array | undefined;
}

/** What a medium holds as far as it can be read; what is absent or damaged is undefined. */
export interface FoundMedium {
  readonly disc: Disc;
  /** The view that shows every file: UDF. */
  readonly root: DirectoryNode;
  /** `media.json`, as bytes and as what they say. */
  readonly media: Uint8Array | undefined;
  readonly document: MediaDocument | undefined;
  /** The same of `manifest.json`. */
  readonly manifestBytes: Uint8Array | undefined;
  readonly manifest: Manifest | undefined;
  /** The sealed or plain container, as bytes. */
  readonly variables: Uint8Array | undefined;
  /** Of media made from a site, as bytes and as what they say. */
  readonly bootstrapBytes: Uint8Array | undefined;
  readonly bootstrap: BootstrapDocument | undefined;
  readonly policyBytes: Uint8Array | undefined;
  readonly policy: PolicyDocument | undefined;
  readonly bootWim: BootWim | undefined;
}

/** A medium that has all that makes it one. */
export interface Medium extends FoundMedium {
  readonly document: MediaDocument;
  readonly variables: Uint8Array;
  readonly bootWim: BootWim;
}

/**
 * Reads what is there. A file that cannot be understood is told to `damaged`, which may throw. Throws what the readers of
 * image files throw for a damaged structure, and FormatError (`MEDIA_NOT_OURS`) when there is neither media.json nor a
 * manifest.
 */
export async function findMedium(
  source: ByteSource,
  damaged: (path: string, error: OsdkitError) => void,
): Promise<FoundMedium> {
  const disc = await openDisc(source);
  const root = disc.udf.root;
  const understand = async <T>(path: string, read: (content: ByteSource) => Promise<T>): Promise<T | undefined> => {
    const file = findFile(root, path);
    if (!file) return undefined;
    try {
      return await read(namedSource(file.content, path));
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof InputError)) throw error;
      damaged(path, error);
      return undefined;
    }
  };
  const bytesOf = (path: string): Promise<Uint8Array | undefined> =>
    understand(path, (content) => readAll(content, containerLimit));
  const media = await bytesOf(mediaPath.media);
  const manifestBytes = await bytesOf(mediaPath.manifest);
  const bootstrapBytes = await bytesOf(mediaPath.bootstrap);
  const policyBytes = await bytesOf(mediaPath.policy);
  if (!media && !manifestBytes) throw notOurs(source, mediaPath.media);
  return {
    disc,
    root,
    media,
    document: media && (await understand(mediaPath.media, async () => readMediaDocument(media))),
    manifestBytes,
    manifest: manifestBytes && (await understand(mediaPath.manifest, async () => readManifest(manifestBytes))),
    variables: await bytesOf(mediaPath.variables),
    bootstrapBytes,
    bootstrap: bootstrapBytes && (await understand(mediaPath.bootstrap, async () => readBootstrap(bootstrapBytes))),
    policyBytes,
    policy: policyBytes && (await understand(mediaPath.policy, async () => readPolicy(policyBytes))),
    bootWim: await understand(bootWimPath, openBootWim),
  };
}

/**
 * Opens a medium made by osdkit. Throws FormatError (`MEDIA_NOT_OURS`) when it lacks what makes it one, and what its readers
 * throw for damaged structures and files.
 */
export async function openMedium(source: ByteSource): Promise<Medium> {
  const found = await findMedium(source, (_path, error) => {
    throw error;
  });
  const { document, variables, bootWim } = found;
  if (!document) throw notOurs(source, mediaPath.media);
  if (!variables) throw notOurs(source, mediaPath.variables);
  if (!bootWim) throw notOurs(source, bootWimPath);
  return { ...found, document, variables, bootWim };
}

function notOurs(source: ByteSource, missing: string): FormatError {
  return new FormatError(inspectCode.MEDIA_NOT_OURS, `${sourceName(source)}: holds no ${missing}`, {
    details: { path: missing },
    hint: 'Media of osdkit hold it. For WIM files use `osdkit image inspect`.',
  });
}

async function openBootWim(content: ByteSource): Promise<BootWim> {
  const wim = await openWim(content);
  const image = await wim.image(wim.bootIndex || 1);
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const file = image.file(path);
    return file && (await readAll(file, containerLimit));
  };
  return {
    wim,
    media: await read(mediaPath.media),
    variables: await read(mediaPath.variables),
    bootstrap: await read(mediaPath.bootstrap),
    policy: await read(mediaPath.policy),
  };
}
