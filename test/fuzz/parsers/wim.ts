/** Mutations of WIMs: header, blob table, metadata, XML data, integrity table, chunk tables. */
import { memorySource } from '../../../images/bytes/index.ts';
import { bootability, describeImage, openWim, verifyWim } from '../../../images/wim/index.ts';
import { FormatError, operationContext } from '../../../src/core/index.ts';
import type { Parser } from '../parser.ts';
import { walk } from './walk.ts';

async function tolerant(what: () => Promise<void>): Promise<void> {
  try {
    await what();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

async function exercise(bytes: Uint8Array): Promise<void> {
  const wim = await openWim(memorySource(bytes, 'mutated.wim'));
  bootability(wim);
  for (const { index } of wim.images.slice(0, 5)) {
    await tolerant(async () => {
      const image = await wim.image(index);
      image.skipped();
      await tolerant(async () => {
        for await (const entry of describeImage(image)) if (entry.path.length > 1e6) throw new Error('a path too long');
      });
      await walk(image.tree());
    });
  }
  await verifyWim(wim, operationContext(), { workers: 0 });
}

/** The parts of the file are parsers of their own: their seeds say where mutations go. */
export const wimParsers: readonly Parser[] = ['wim', 'wim-metadata', 'wim-xml', 'wim-tables'].map((name) => ({
  name,
  exercise,
}));
