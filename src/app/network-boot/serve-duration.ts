/** Durations as people write them: `60m`, `1h30m`, `45s`, `2d`. */

const units = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

/** Longest that is taken, in seconds: timers of Node hold 24.8 days. */
export const LONGEST_DURATION = 24 * 86_400;

/** Seconds, from 1; `undefined` where the text is no duration or longer than `LONGEST_DURATION`. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m)?(?:\d{1,6}s)?$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, count = '0', unit = 's'] of text.matchAll(/(\d+)([dhms])/g)) {
    seconds += Number(count) * units[unit as keyof typeof units];
  }
  return seconds >= 1 && seconds <= LONGEST_DURATION ? seconds : undefined;
}

/** `1h30m` of 5400 seconds. */
export function durationText(seconds: number): string {
  let left = seconds;
  let text = '';
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}
