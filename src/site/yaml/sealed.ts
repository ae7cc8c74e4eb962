import type { SealedText } from '../../model/index.ts';

/** Whether a value is a `!secret` scalar. */
export function isSealed(value: unknown): value is SealedText {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === 'sealed' && typeof (value as SealedText).sealed === 'string';
}
