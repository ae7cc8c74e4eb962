/** Labels of packages for pre-cache: architecture and language (CACHE-04). */
import type { Architecture } from '../model/index.ts';
import { allOf, type Verdict } from '../sequence/index.ts';

/**
 * Whether a package is for a computer of this architecture and system language (decimal LCID). A package without a label fits
 * every computer (CACHE-11); what is not known of the computer is unknown.
 */
export function fitsLabels(
  labels: { readonly architecture?: Architecture; readonly language?: string },
  computer: { readonly architecture?: Architecture; readonly language?: number },
): Verdict {
  const compare = (label: string | undefined, own: string | number | undefined): Verdict =>
    label === undefined ? true : own === undefined ? 'unknown' : label === String(own);
  return allOf([compare(labels.architecture, computer.architecture), compare(labels.language, computer.language)]);
}
