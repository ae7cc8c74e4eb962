/** Findings as the rules of a plan make them. */
import type { ErrorCode } from '../core/index.ts';
import { allCodes } from '../core/index.ts';
import type { PlanFinding } from './types.ts';

/** Before it is known at which step it stands. */
export type Found = Pick<PlanFinding, 'code' | 'severity' | 'message' | 'hint'>;

/** The remedy of the code is the hint where the rule has no better one. */
export function found(severity: Found['severity'], code: ErrorCode, message: string, hint?: string): Found {
  return { code, severity, message, hint: hint ?? remedies().get(code) ?? null };
}

let kept: ReadonlyMap<string, string> | undefined;

function remedies(): ReadonlyMap<string, string> {
  kept ??= new Map(allCodes().map(([code, { remedy }]) => [code, remedy]));
  return kept;
}
