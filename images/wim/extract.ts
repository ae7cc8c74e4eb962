/** An image written into a folder: what a plain folder can hold; the rest is reported, not dropped silently. */
import type { OperationContext } from '../../src/core/index.ts';
import { writeDirectory } from '../tree/index.ts';
import type { SkippedItem, WimImage } from './types.ts';

export interface ExtractReport {
  readonly files: number;
  /** What a plain folder cannot hold. */
  readonly skipped: readonly SkippedItem[];
}

/**
 * Writes an image into the folder `target` (made when absent); existing files are never overwritten. Throws FormatError
 * for unsafe names and damaged data, EnvironmentError when writing fails.
 */
export async function extractImage(image: WimImage, target: string, context: OperationContext): Promise<ExtractReport> {
  const files = await writeDirectory(image.tree(), target, context);
  return { files, skipped: image.skipped() };
}
