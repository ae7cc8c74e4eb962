/** The limit of tries: what starts without a key press must not go on for ever (PXE-04). */
import type { BootTry } from '../../store/index.ts';

const HOUR = 3_600_000;
/** Firmware asks several times for one start, by PXE, by HTTP, as iPXE: what comes within this time is the same try. */
export const ONE_TRY = 120_000;
export const TRIES_PER_HOUR = 3;

export interface JudgedTries {
  readonly tooMany: boolean;
  /** This offer is a new try. */
  readonly counts: boolean;
  readonly text: string;
}

export function judgeTries(
  tries: readonly BootTry[],
  deployment: string,
  at: number,
  perHour = TRIES_PER_HOUR,
): JudgedTries {
  const recent = tries.filter((each) => each.deployment === deployment && each.at > at - HOUR && each.at <= at);
  const last = recent.at(-1)?.at;
  const counts = last === undefined || at - last >= ONE_TRY;
  const [first] = recent.slice(-perHour);
  const again = first === undefined ? '' : `, again after ${new Date(first.at + HOUR).toISOString()}`;
  return {
    counts,
    tooMany: counts && recent.length >= perHour,
    text: `${recent.length} offers within an hour (triesPerHour ${perHour})${again}; osdkit pxe clear offers it at once`,
  };
}
