/** Reading a medium back: its views, osdkit's own files on it, and the copies of them inside its boot.wim. */
import { readAll, type ByteSource, sourceName } from '../../images/bytes/index.ts';
import { openDisc, type Disc } from '../../images/disc/index.ts';
import { findFile, type DirectoryNode } from '../../images/tree/index.ts';
import { openWim, type Wim } from '../../images/wim/index.ts';
import { FormatError } from '../../src/core/index.ts';
import {
  mediaPath,
  readManifest,
  readMediaDocument,
  type Manifest,
  type MediaDocument,
} from '../../src/protocol/index.ts';
import { bootWimPath } from '../layout/index.ts';
import { inspectCode } from './codes.ts';

/** osdkit's own files are small; a medium that says otherwise is hostile. */
const containerLimit = 64 * 1024 * 1024;

export interface Medium {
  readonly disc: Disc;
  /** The view that shows every file: UDF. */
  readonly root: DirectoryNode;
  readonly document: MediaDocument;
  readonly manifest: Manifest | undefined;
  /** The sealed or plain container, as bytes. */
  readonly variables: Uint8Array;
  readonly bootWim: BootWim;
}

export interface BootWim {
  readonly wim: Wim;
  readonly media: Uint8Array | undefined;
  readonly variables: Uint8Array | undefined;
}

/**
 * Opens a medium made by osdkit. Throws FormatError (`MEDIA_NOT_OURS`) when it holds no media.json, and what its readers
 * throw for damaged structures.
 */
export async function openMedium(source: ByteSource): Promise<Medium> {
  const disc = await openDisc(source);
  const root = disc.udf.root;
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const file = findFile(root, path);
    return file && (await readAll(file.content, containerLimit));
  };
  const media = await read(mediaPath.media);
  const variables = await read(mediaPath.variables);
  const bootWim = findFile(root, bootWimPath);
  if (!media || !variables || !bootWim) {
    const missing = !media ? mediaPath.media : !variables ? mediaPath.variables : bootWimPath;
    throw new FormatError(inspectCode.MEDIA_NOT_OURS, `${sourceName(source)}: holds no ${missing}`, {
      details: { path: missing },
      hint: 'Media of osdkit hold it. For WIM files use `osdkit image inspect`.',
    });
  }
  const manifest = await read(mediaPath.manifest);
  return {
    disc,
    root,
    document: readMediaDocument(media),
    manifest: manifest && readManifest(manifest),
    variables,
    bootWim: await openBootWim(bootWim.content),
  };
}

async function openBootWim(content: ByteSource): Promise<BootWim> {
  const wim = await openWim(content);
  const image = await wim.image(wim.bootIndex || 1);
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const file = image.file(path);
    return file && (await readAll(file, containerLimit));
  };
  return { wim, media: await read(mediaPath.media), variables: await read(mediaPath.variables) };
}
