/** What goes into making a sequence from a template, and what comes out; for new ones and for steps put into one. */
import * as z from 'zod';
import type { SequenceItem } from '../model/index.ts';
import { placedItems } from '../sequence/index.ts';
import type { TemplateKind } from '../templates/index.ts';
import { siteOption } from './open-site.ts';

export interface NewSequence {
  readonly kind: TemplateKind;
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly action: 'create' | 'change';
  /** Nothing was written. */
  readonly planned: boolean;
  /** The whole file; secrets in it are sealed. */
  readonly text: string;
  /** Unified diff of the file. */
  readonly diff: string;
  /** Of the whole sequence. */
  readonly groups: number;
  readonly steps: number;
  /** What the site decided, what to verify. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

export const newSequenceInput = z.strictObject({
  site: siteOption,
  /** Below `task-sequences`. */
  folder: z.string().optional(),
  answers: z.record(z.string(), z.unknown()).default({}),
  answersFile: z.string().optional(),
  passwordFiles: z.record(z.string(), z.string()).default({}),
  plan: z.boolean().default(false),
  /** `user-state` only: the sequence that gets the steps, and where. */
  into: z.string().optional(),
  part: z.enum(['capture', 'restore', 'both'], { error: 'one of capture, restore, both' }).optional(),
  before: z.string().optional(),
  after: z.string().optional(),
});

export type NewSequenceInput = z.output<typeof newSequenceInput>;

export function countsOf(steps: readonly SequenceItem[]): { readonly groups: number; readonly steps: number } {
  const items = placedItems(steps);
  const groups = items.filter(({ item }) => item.kind === 'group').length;
  return { groups, steps: items.length - groups };
}
