import { REFUSED_DEPLOYMENT_KEYS } from '../model/index.ts';
import { siteCode } from './codes.ts';
import type { PathProblem } from './zod-problems.ts';

const reasons = new Map(Object.entries(REFUSED_DEPLOYMENT_KEYS).map(([key, reason]) => [key.toLowerCase(), reason]));

/** Unknown keys of a deployment that other deployments of ConfigMgr have: known, refused, with the reason (DEP-22, DEP-23). */
export function refusedKeys(problems: readonly PathProblem[]): PathProblem[] {
  return problems.map((problem) => {
    const key = String(problem.path.at(-1));
    const reason = problem.code === siteCode.SITE_UNKNOWN_KEY ? reasons.get(key.toLowerCase()) : undefined;
    if (reason === undefined) return problem;
    return {
      code: siteCode.SITE_NOT_FOR_SEQUENCES,
      severity: 'error',
      message: `\`${key}\`: ${reason}`,
      hint: 'Delete the line.',
      path: problem.path,
      atKey: true,
    };
  });
}
