/**
 * Takes over changes of a site while it is served: when its files have been quiet for a moment, or on SIGHUP. A changed site is
 * checked whole and its images are made ready beside the old ones first; one with mistakes changes nothing and says all of them.
 */
import { OsdkitError } from '../../core/index.ts';
import type { ServeHost } from './serve-host.ts';
import type { ServeHub } from './serve-hub.ts';

export interface Reloads {
  /** Why the last change was not taken over; null: it was. */
  readonly problem: string | null;
  /** Waits for the reload in work. */
  close(): Promise<void>;
}

export interface ReloadParts {
  readonly host: Pick<ServeHost, 'watch' | 'onReload' | 'sleep'>;
  readonly hub: Pick<ServeHub, 'notice'>;
  readonly folder: string;
  /** Takes the site over as it is now; false: nothing in it had changed. Throws what is wrong with it. */
  readonly reload: (signal: AbortSignal) => Promise<boolean>;
}

/** Milliseconds without a change before the files are read: editors and git write many at once. */
const quiet = 400;

export function watchSite({ host, hub, folder, reload }: ReloadParts): Reloads {
  const end = new AbortController();
  let asked = 0;
  let problem: string | null = null;
  let work: Promise<void> | undefined;

  const take = async (): Promise<void> => {
    for (let seen = -1; seen !== asked && !end.signal.aborted; ) {
      // As long as files change, wait; whoever asks meanwhile is served by the same reading.
      do {
        seen = asked;
        await host.sleep(quiet, end.signal);
      } while (seen !== asked && !end.signal.aborted);
      if (end.signal.aborted) return;
      problem = await taken();
    }
  };
  const taken = async (): Promise<string | null> => {
    try {
      if (await reload(end.signal)) hub.notice('info', 'reloaded', 'the changed site is served');
      else if (problem !== null) hub.notice('info', 'reloaded', 'the site is as it was before its mistakes');
      return null;
    } catch (error) {
      if (end.signal.aborted) return problem;
      const { message, code } = told(error);
      hub.notice('error', code, `the changed site is not taken over, the one before is served on. ${message}`);
      return message;
    }
  };
  const ask = (): void => {
    asked++;
    work ??= take().finally(() => {
      work = undefined;
    });
  };

  const unwatch = host.watch(folder, ask);
  const unlisten = host.onReload(() => {
    hub.notice('info', 'reload', 'asked to reload');
    ask();
  });
  // What changed after the site was read and before it was watched: images may have been made ready for minutes.
  ask();
  return {
    get problem() {
      return problem;
    },
    async close() {
      unwatch();
      unlisten();
      end.abort();
      await work;
    },
  };
}

function told(error: unknown): { readonly message: string; readonly code: string } {
  if (error instanceof OsdkitError) return { message: error.message, code: error.code };
  return { message: error instanceof Error ? error.message : String(error), code: 'reload' };
}
