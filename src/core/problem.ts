/** What a judge found: data, not an exception, so that everything wrong can be told at once. */
import type { ErrorCode } from './codes.ts';

export interface Problem {
  readonly code: ErrorCode;
  /** `error` refuses; `warning` may surprise; `note` is worth knowing. */
  readonly severity: 'error' | 'warning' | 'note';
  /** What is wrong and where. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}
