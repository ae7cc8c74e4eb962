/** Task sequence variables of devices, collections and the site (VAR-01): name to value, to `!secret`, or to both with a mask. */
import * as z from 'zod';
import type { SealedText } from '../task-sequence.ts';
import { type DeepReadonly, optional, sealed, text, yesNo } from './fields.ts';

const plain = text('Value of at most 4000 characters', { min: 0, max: 4000 });

/** With `hidden` no command prints the value (VAR-04); to show it again the value must be given anew (VAR-05). */
const detailed = z.strictObject({
  value: z.union([sealed, plain], { error: 'text or a !secret value' }),
  hidden: optional(yesNo('Never shown by any command')),
});

export const variableMap = z
  .record(z.string(), z.union([plain, sealed, detailed], { error: 'text, a !secret value, or value and hidden' }), {
    error: 'variables as NAME: value',
  })
  .describe('Task sequence variables: NAME: value');
export type VariableMap = DeepReadonly<z.output<typeof variableMap>>;

export interface SiteVariable {
  readonly name: string;
  readonly value: string | SealedText;
  /** Masked wherever it would be shown; a sealed value always is. */
  readonly hidden: boolean;
}

/** The entries of a variable map in the order of the file. */
export function siteVariables(map: VariableMap | undefined): SiteVariable[] {
  return Object.entries(map ?? {}).map(([name, entry]) => {
    if (typeof entry === 'string') return { name, value: entry, hidden: false };
    if ('sealed' in entry) return { name, value: entry, hidden: true };
    return { name, value: entry.value, hidden: entry.hidden === true || typeof entry.value !== 'string' };
  });
}
