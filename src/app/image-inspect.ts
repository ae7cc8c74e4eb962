/**
 * `image inspect`: what an image is and holds. Of a WIM its images, for each Windows PE what it can boot; of a disc image its
 * file systems, partitions and boot entries. Reads tables, not data.
 */
import * as z from 'zod';
import { codecEngine } from '../../images/codec/index.ts';
import { bootability, type Wim, type WimImageInfo } from '../../images/wim/index.ts';
import type { BootImageFacts } from '../../media/boot-image/index.ts';
import { OsdkitError } from '../core/index.ts';
import { inspectDisc, type DiscInspection } from './inspect-disc.ts';
import { openImageFile } from './open-image.ts';
import { useCase } from './use-case.ts';

export interface WimInspection {
  readonly kind: 'wim';
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

export type ImageInspection = WimInspection | DiscInspection;

export const imageInspect = useCase({
  name: 'image inspect',
  summary: 'show what a WIM, ISO, UDF or FAT image holds and what it can boot',
  effect: 'read',
  input: z.strictObject({
    file: z.string(),
    view: z.string().optional(),
    /** Path of a WIM inside a disc image. */
    inside: z.string().optional(),
  }),
  async run({ file, view, inside }): Promise<ImageInspection> {
    await using opened = await openImageFile(file, { view, inside });
    if (opened.kind === 'disc') return await inspectDisc(file, opened.contents, view);
    return await inspectWim(inside === undefined ? file : `${file}: ${inside}`, opened.wim);
  },
});

async function inspectWim(file: string, wim: Wim): Promise<WimInspection> {
  return {
    kind: 'wim',
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
    ...(await inspectAll(wim)),
    codec: codecEngine(),
  };
}

async function inspectAll(wim: Wim): Promise<Pick<WimInspection, 'bootImages' | 'unread'>> {
  const { inspectImage } = await import('../../media/boot-image/index.ts');
  const bootImages: BootImageFacts[] = [];
  const unread: WimInspection['unread'][number][] = [];
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
