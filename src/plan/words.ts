/** Numbers and verdicts of a plan in words; text and HTML say the same. */
import type { ContentSource, Plan, PlannedContent, PlannedItem, PlannedVariable, Range } from './types.ts';
import { MEDIUM_NAMES } from './start.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as distributions and networks count: `5.2 GB`. */
export function bytesWords(count: number | null): string {
  if (count === null) return 'size not known';
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${count} bytes` : `${value.toFixed(value < 100 ? 1 : 0)} ${UNITS[unit]}`;
}

export function bytesRange({ least, most }: Range): string {
  return least === most ? bytesWords(least) : `${bytesWords(least)} to ${bytesWords(most)}`;
}

function timeWords(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

export function timeRange({ least, most }: Range): string {
  return least === most ? timeWords(least) : `${timeWords(least)} to ${timeWords(most)}`;
}

export function countRange({ least, most }: Range): string {
  return least === most ? String(least) : `${least} to ${most}`;
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

export function environmentWords(environment: PlannedItem['environment']): string {
  return environment === 'WinPE' ? 'Windows PE' : environment === 'FullOS' ? 'full OS' : 'environment not known';
}

export function sourceWords({ from, points }: PlannedContent): string {
  const at = points.length === 0 ? '' : ` (${points.join(', ')})`;
  const words: Readonly<Record<ContentSource, string>> = {
    local: `local point${at}`,
    remote: `remote point${at}`,
    medium: 'on the medium',
    disk: 'on the disk already',
    none: 'from nowhere',
    unknown: `points${at}; which are local is not known`,
  };
  return words[from];
}

export function variableLine({ name, value, from, over }: PlannedVariable): string {
  return `${name} = ${value}, from ${from}${over.length === 0 ? '' : `, over ${over.join(', ')}`}`;
}

/** What one reads first. */
export function resultLine({ result, unknownConditions }: Plan): string {
  const { verdict, failsAt, errors, warnings } = result;
  const at = failsAt === null ? '' : ` at ${failsAt}`;
  return `${verdict}${at}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(unknownConditions, 'condition')} not decided`;
}

export function startLine({ start }: Plan): string {
  const image = start.environment === 'WinPE' && start.bootImage !== null ? `, boot image "${start.bootImage}"` : '';
  return `from ${MEDIUM_NAMES[start.medium]} (${start.why}), in ${environmentWords(start.environment)}${image}`;
}

/** Lines about sums and times; title and text. */
export function totals({ sums, restarts, seconds, softwareCenter }: Plan): (readonly [string, string])[] {
  const { downloadMegabytes, minutes } = softwareCenter;
  const shown = [
    ...(downloadMegabytes === null ? [] : [`${downloadMegabytes} MB`]),
    ...(minutes === null ? [] : [`${minutes} min`]),
  ];
  return [
    ['content of the steps that run', bytesRange(sums.run)],
    ['of it over the network', bytesRange(sums.network)],
    ['everything referenced (no pre-cache)', bytesWords(sums.all)],
    ['pre-cache (upgrade packages by label)', bytesRange(sums.preCache)],
    ...(sums.unknownSizes === 0 ? [] : [['without size in the site', counted(sums.unknownSizes, 'object')] as const]),
    ['restarts', countRange(restarts)],
    ['time, our own estimate', timeRange(seconds)],
    ['shown in Software Center', shown.length === 0 ? 'nothing' : `${shown.join(', ')} (information only)`],
  ];
}

/** What a step sets: values one by one, and in one line what only the run will know. */
export function setLines(sets: readonly PlannedVariable[]): string[] {
  const known = sets.filter(({ value }) => !value.startsWith('not known ('));
  const later = sets.filter(({ value }) => value.startsWith('not known (')).map(({ name }) => name);
  return [
    ...known.map(({ name, value }) => `sets ${name} = ${value}`),
    ...(later.length === 0 ? [] : [`sets, to what the run will know, ${later.join(', ')}`]),
  ];
}
