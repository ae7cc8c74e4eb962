/** Where an item of a sequence goes: `--into`, `--before`, `--after`, `--first`. */
import * as z from 'zod';
import type { Placement } from '../site/index.ts';
import { exactlyOne } from './edited-sequence.ts';

const item = z.string().min(1);

export const placementInput = {
  into: item.optional(),
  before: item.optional(),
  after: item.optional(),
  /** With `into`, or at the top: as the first. */
  first: z.boolean().default(false),
};

interface Given {
  readonly into?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly first: boolean;
}

/** The place that options mean; none of them is the end of the sequence. Throws InputError (`APP_OPTION`) for two at once. */
export function placementOf(useCase: string, { into, before, after, first }: Given): Placement {
  if (before !== undefined || after !== undefined || into !== undefined) {
    exactlyOne(useCase, { into, before, after });
  }
  if (before !== undefined) return { where: 'before', item: before };
  if (after !== undefined) return { where: 'after', item: after };
  return { where: 'into', first, ...(into === undefined ? {} : { item: into }) };
}
