/** Matching with wildcards in time of length times length, whatever the pattern. */

/** One place of a pattern: any run of characters, or one character that the test accepts. */
export type PatternPart = 'any' | ((character: string) => boolean);

/** Whether the whole text matches the parts. */
export function matchParts(parts: readonly PatternPart[], text: string): boolean {
  const characters = Array.from(text);
  let part = 0;
  let at = 0;
  let runPart = -1;
  let runAt = 0;
  while (at < characters.length) {
    const test = parts[part];
    if (test === 'any') {
      runPart = part++;
      runAt = at;
    } else if (test?.(characters[at] as string)) {
      part++;
      at++;
    } else if (runPart >= 0) {
      // The last run takes one character more; earlier runs need not be tried again.
      part = runPart + 1;
      at = ++runAt;
    } else return false;
  }
  return parts.slice(part).every((rest) => rest === 'any');
}

/** `*` any run, `?` one character, all else itself; without case (make and model, configmgr-formats 4.5). */
export function matchWildcards(pattern: string, text: string): boolean {
  const parts = Array.from(pattern.toUpperCase(), (character): PatternPart => {
    if (character === '*') return 'any';
    return character === '?' ? () => true : (other) => other === character;
  });
  return matchParts(parts, text.toUpperCase());
}
