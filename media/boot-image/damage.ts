/** Damage in boot files that an image has, as problems of the report: the checks that `selectBootFiles` refuses by. */
import { FormatError, UnsupportedFeatureError } from '../../src/core/index.ts';
import type { WimImage } from '../../images/wim/index.ts';
import { checkBootmgr } from './bootmgr-check.ts';
import { checkLoader } from './loader.ts';
import type { FoundFile } from './origin.ts';
import { checkBootSdi } from './sdi-check.ts';
import type { Architecture, BootFileState, BootImageProblem } from './types.ts';

/** Throws FormatError (`BOOT_IMAGE_BOOTMGR_*`). */
export async function checkBootmgrFile({ content, path }: Pick<FoundFile, 'content' | 'path'>): Promise<void> {
  checkBootmgr(await content.read(0, Math.min(16, content.size)), content.size, path);
}

/** Checks bootmgr, boot.sdi and the loaders of an image. */
export async function damagedFiles(
  image: WimImage,
  states: readonly BootFileState[],
  architecture: Architecture | undefined,
): Promise<readonly BootImageProblem[]> {
  const problems: BootImageProblem[] = [];
  for (const { id, path } of states) {
    const content = path === undefined ? undefined : image.file(path);
    if (path === undefined || !content) continue;
    try {
      if (id === 'bootmgr') await checkBootmgrFile({ content, path });
      else if (id === 'boot.sdi') await checkBootSdi(content, path);
      else if (id.startsWith('bootmgfw') && architecture) await checkLoader(content, path, architecture);
    } catch (error) {
      if (!(error instanceof FormatError) || error instanceof UnsupportedFeatureError) throw error;
      const hint = error.hint === undefined ? {} : { hint: error.hint };
      problems.push({ code: error.code, severity: 'error', message: error.message, path, ...hint });
    }
  }
  return problems;
}
