/**
 * The settings table of all estimates: rates and times, each with the least and the most that is usual. Estimates only; no
 * decision depends on them. Rates are bytes a second, times seconds.
 */
import type { ContentSource, Range } from './types.ts';

/** Least is the slowest. A 100 Mbit/s and a 1 Gbit/s network; a line to another place; a USB 2 stick and an SSD. */
export const RATES: Readonly<Record<Exclude<ContentSource, 'none'>, Range>> = {
  local: { least: 10_000_000, most: 110_000_000 },
  remote: { least: 1_000_000, most: 12_000_000 },
  unknown: { least: 1_000_000, most: 110_000_000 },
  medium: { least: 20_000_000, most: 200_000_000 },
  disk: { least: 80_000_000, most: 500_000_000 },
};

/** Unpacking an image onto a disk, counted in bytes of the image file. */
export const APPLY_RATE: Range = { least: 30_000_000, most: 150_000_000 };

/** Down, firmware, up again. */
export const RESTART: Range = { least: 40, most: 240 };

/** A step of its own kind, without fetching content and without restarts. Types that are not named take `ANY_STEP`. */
export const STEP_TIMES: Readonly<Record<string, Range>> = {
  'apply-driver-package': { least: 10, most: 300 },
  'auto-apply-drivers': { least: 20, most: 300 },
  'capture-operating-system-image': { least: 600, most: 3600 },
  'capture-user-state': { least: 60, most: 3600 },
  'enable-bitlocker': { least: 10, most: 120 },
  'format-and-partition-disk': { least: 5, most: 60 },
  gather: { least: 5, most: 60 },
  'install-application': { least: 20, most: 900 },
  'install-mdt-application': { least: 20, most: 900 },
  'install-package': { least: 10, most: 900 },
  'install-software-updates': { least: 300, most: 3600 },
  'prepare-windows-for-capture': { least: 60, most: 600 },
  'restore-user-state': { least: 60, most: 3600 },
  'run-command-line': { least: 1, most: 300 },
  'run-powershell-script': { least: 2, most: 300 },
  'setup-windows-and-configmgr': { least: 180, most: 900 },
  'upgrade-operating-system': { least: 1200, most: 5400 },
};

export const ANY_STEP: Range = { least: 1, most: 30 };

/** Reading `bytes` from a source. */
export function fetchTime(bytes: number, from: ContentSource): Range {
  if (from === 'none') return { least: 0, most: 0 };
  return { least: bytes / RATES[from].most, most: bytes / RATES[from].least };
}

export function applyTime(bytes: number): Range {
  return { least: bytes / APPLY_RATE.most, most: bytes / APPLY_RATE.least };
}

export function addRanges(ranges: readonly Range[]): Range {
  return {
    least: ranges.reduce((sum, { least }) => sum + least, 0),
    most: ranges.reduce((sum, { most }) => sum + most, 0),
  };
}

/** Whole seconds, outwards. */
export function wholeRange({ least, most }: Range): Range {
  return { least: Math.floor(least), most: Math.ceil(most) };
}
