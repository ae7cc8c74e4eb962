/** The content library in a folder: each file under its SHA-256 (`sha256/ab/ab12...`), written once, never changed. */
import { lstatSync, mkdirSync } from 'node:fs';
import { rename, unlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileOnDisk, transfer, writeOutput, type ByteSource } from '../../images/bytes/index.ts';
import { InputError, IntegrityError, type OperationContext } from '../core/index.ts';
import { storeCode } from './codes.ts';
import type { ContentAdded, ContentStore } from './types.ts';

/** Opens (and, when something is added, makes) the library in a folder. */
export function openContentFolder(folder: string): ContentStore {
  return {
    place: folder,
    add: (source, context) => addContent(folder, source, context),
    size: async (sha256) => sizeOf(placeOf(folder, sha256)),
    async open(sha256) {
      const place = placeOf(folder, sha256);
      if (sizeOf(place) !== undefined) return fileOnDisk(place);
      throw new InputError(storeCode.STORE_CONTENT_MISSING, `${folder}: content ${sha256} is not in the library`, {
        details: { sha256, path: place },
        hint: 'Add it with `osdkit content add` or `osdkit image import`.',
      });
    },
  };
}

/** Throws InputError for what is no SHA-256: no other text ever becomes a path. */
function placeOf(folder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new InputError(storeCode.STORE_PATH, `${JSON.stringify(sha256.slice(0, 80))} is no SHA-256 of content`);
  }
  return join(folder, 'sha256', sha256.slice(0, 2), sha256);
}

function sizeOf(place: string): number | undefined {
  const stats = lstatSync(place, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : undefined;
}

/** The name is known when all is copied: the copy gets a name of its own first, then its final one. */
async function addContent(folder: string, source: ByteSource, context: OperationContext): Promise<ContentAdded> {
  const incoming = join(folder, 'incoming');
  mkdirSync(incoming, { recursive: true });
  const copy = join(incoming, randomBytes(8).toString('hex'));
  const [sha256 = ''] = await writeOutput(copy, { force: false }, context, (sink) =>
    transfer([{ at: 0, source, hash: true }], sink, context, 'adding content'),
  );
  const place = placeOf(folder, sha256);
  const present = sizeOf(place);
  if (present === undefined) {
    mkdirSync(join(place, '..'), { recursive: true });
    await rename(copy, place);
    return { sha256, size: source.size, known: false };
  }
  await unlink(copy);
  if (present === source.size) return { sha256, size: present, known: true };
  throw new IntegrityError(
    storeCode.STORE_CONTENT_HASH,
    `${place}: has ${present} bytes, the content with this hash has ${source.size}`,
    { details: { path: place, expected: source.size, actual: present } },
  );
}
