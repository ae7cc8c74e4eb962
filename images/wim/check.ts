import type { WimHeader } from './layout.ts';
import type { Problem } from './types.ts';

/** Judges a header against the file's size; reads nothing. */
export function checkHeader(_header: WimHeader, _facts: { readonly fileSize: number }): readonly Problem[] {
  return [];
}
