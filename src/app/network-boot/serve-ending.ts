/** How a run ends: why, and that everything which was opened is closed, whatever goes wrong on the way. */
import type { ServeReport } from './serve-report.ts';

export type Close = () => Promise<void> | void;

/** Closes all, the last first. Throws the first error when all are done. */
export async function closeAll(closers: readonly Close[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of [...closers].reverse()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** Why a run ends; the first reason counts. */
export interface Ending {
  readonly signal: AbortSignal;
  readonly reached: Promise<void>;
  readonly why: ServeReport['ended'];
  readonly failure: Error | undefined;
  end(why: ServeReport['ended']): void;
  fail(error: Error): void;
  close(): void;
}

export function openEnding(asked: AbortSignal): Ending {
  const stop = new AbortController();
  let why: ServeReport['ended'] = 'stopped';
  let failure: Error | undefined;
  const end = (reason: ServeReport['ended']): void => {
    if (stop.signal.aborted) return;
    why = reason;
    stop.abort();
  };
  const onAsked = (): void => end('stopped');
  const reached = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  asked.addEventListener('abort', onAsked, { once: true });
  if (asked.aborted) onAsked();
  return {
    signal: stop.signal,
    reached,
    get why() {
      return why;
    },
    get failure() {
      return failure;
    },
    end,
    fail(error) {
      if (stop.signal.aborted) return;
      failure = error;
      end('stopped');
    },
    close: () => asked.removeEventListener('abort', onAsked),
  };
}
