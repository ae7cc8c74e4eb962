/** Conditions of a request (RFC 9110 section 13), by strong entity tags alone: our files have no dates. */

/** The strong entity tag of a file: its SHA-256. */
export function entityTag(id: string): string {
  return `"${id}"`;
}

export interface ConditionHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
  readonly 'if-range'?: string | undefined;
}

/** `failed`: 412, `unchanged`: 304. Conditions on dates do not count (section 13.1.3: without a date they are ignored). */
export function judgeConditions(headers: ConditionHeaders, tag: string): 'go' | 'failed' | 'unchanged' {
  const match = headers['if-match'];
  if (match !== undefined && !lists(match, tag, false)) return 'failed';
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined && lists(noneMatch, tag, true)) return 'unchanged';
  return 'go';
}

/** Whether a range counts: without If-Range, or when it names this very version. A date names none. */
export function rangeCounts(headers: ConditionHeaders, tag: string): boolean {
  const ifRange = headers['if-range'];
  return ifRange === undefined || ifRange.trim() === tag;
}

/** Whether a list of tags has this one; weak ones count for If-None-Match alone (section 8.8.3.2). */
function lists(header: string, tag: string, weak: boolean): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((entry) => {
    const one = entry.trim();
    return one === tag || (weak && one === `W/${tag}`);
  });
}
