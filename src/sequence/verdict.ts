/** Three-valued logic (Kleene): what is not known stays unknown unless the rest decides. */

export type Verdict = true | false | 'unknown';

/** False when one is false, else unknown when one is unknown; of nothing: true. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes('unknown') ? 'unknown' : true;
}

/** True when one is true, else unknown when one is unknown; of nothing: false. */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes('unknown') ? 'unknown' : false;
}

export function not(verdict: Verdict): Verdict {
  return verdict === 'unknown' ? verdict : !verdict;
}
