/** `image inspect`: what a WIM is and holds; for each Windows PE in it, what it can boot. Reads tables, not data. */
import { z } from 'zod';
import { codecEngine } from '../../images/codec/index.ts';
import { bootability, type WimImageInfo } from '../../images/wim/index.ts';
import { inspectImage, type BootImageFacts } from '../../media/boot-image/index.ts';
import { OsdkitError } from '../core/index.ts';
import { openWimFile, type OpenedWim } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface ImageInspection {
  readonly file: string;
  readonly size: number;
  readonly guid: string;
  readonly compression: string;
  /** Bytes; 0 when nothing is compressed. */
  readonly chunkSize: number;
  readonly bootIndex: number;
  readonly part: { readonly number: number; readonly of: number };
  readonly integrityTable: boolean;
  readonly solid: boolean;
  readonly pipable: boolean;
  /** Why a boot manager would refuse the file; empty when it would not. */
  readonly refusedByBootManager: readonly { readonly code: string; readonly message: string; readonly hint?: string }[];
  readonly images: readonly WimImageInfo[];
  /** For each image that could be read: what it is as a boot image. */
  readonly bootImages: readonly BootImageFacts[];
  /** Images whose metadata could not be read, and why. */
  readonly unread: readonly { readonly index: number; readonly code: string; readonly message: string }[];
  /** Which form of the decoders is in use. */
  readonly codec: 'wasm' | 'js';
}

export const imageInspect = useCase({
  name: 'image inspect',
  summary: 'show what a WIM holds: images, architecture, version, boot files',
  effect: 'read',
  input: z.strictObject({ file: z.string() }),
  async run({ file }): Promise<ImageInspection> {
    await using opened = await openWimFile(file);
    const { wim } = opened;
    return {
      file,
      size: wim.source.size,
      guid: wim.guid,
      compression: wim.compression,
      chunkSize: wim.chunkSize,
      bootIndex: wim.bootIndex,
      part: { number: wim.partNumber, of: wim.totalParts },
      integrityTable: wim.hasIntegrityTable,
      solid: wim.solid,
      pipable: wim.pipable,
      refusedByBootManager: bootability(wim).map(({ code, message, hint }) => ({
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
      })),
      images: wim.images,
      ...(await inspectAll(opened)),
      codec: codecEngine(),
    };
  },
});

async function inspectAll({ wim }: OpenedWim): Promise<Pick<ImageInspection, 'bootImages' | 'unread'>> {
  const bootImages: BootImageFacts[] = [];
  const unread: ImageInspection['unread'][number][] = [];
  for (const { index } of wim.images) {
    try {
      bootImages.push((await inspectImage(wim, index)).facts);
    } catch (error) {
      if (!(error instanceof OsdkitError)) throw error;
      unread.push({ index, code: error.code, message: error.message });
    }
  }
  return { bootImages, unread };
}
