/** Whether a required deployment runs again at a scheduled time (DEP-40 to DEP-45). */
import type { Deployment } from '../model/index.ts';
import type { LastRun } from './types.ts';

export type Rerun = NonNullable<NonNullable<Deployment['schedule']>['rerun']>;

/**
 * Whether it runs, and why. The first run is no rerun: it always happens. That the sequence changed since changes nothing (DEP-42).
 */
export function mayRerun(rerun: Rerun, last: LastRun | undefined): { readonly holds: boolean; readonly text: string } {
  if (!last) return { holds: true, text: 'it never ran on this computer' };
  const result = last.succeeded ? 'succeeded' : 'failed';
  switch (rerun) {
    case 'never':
      return { holds: false, text: `it ran before (${result}), and is never rerun (DEP-42)` };
    case 'always':
      return { holds: true, text: `it ran before (${result}), and is always rerun (DEP-43)` };
    case 'ifFailed':
      return { holds: !last.succeeded, text: `the last run ${result}, and it is rerun if that failed (DEP-44)` };
    default:
      return { holds: last.succeeded, text: `the last run ${result}, and it is rerun if that succeeded (DEP-45)` };
  }
}
