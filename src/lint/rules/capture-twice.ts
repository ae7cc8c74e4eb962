/** TPL-90: a reference computer is captured once; a second capture needs a new one. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { hasEffect } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

export const captureTwice: LintRule = {
  code: lintCode.LINT_CAPTURE_TWICE,
  why: 'The first start after a capture leaves marks in the registry, and the second image would hold them.',
  check: ({ steps, reach, deployments }) => {
    const captures = steps.filter(({ item }) => item.type === 'capture-operating-system-image');
    const again = captures.flatMap((node): LintFinding[] => {
      const { runs } = reach(node);
      const twice = runs.size > 0 && [...runs.values()].every(({ done }) => done.has('capture-operating-system-image'));
      return twice ? [at(node, 'warning', `${named(node)} captures the computer a second time (TPL-90)`)] : [];
    });
    const [first] = captures;
    if (first === undefined || steps.some(({ item }) => hasEffect(item, 'applies-system'))) return again;
    const repeated = deployments.flatMap((deployment): LintFinding[] => {
      const { purpose, schedule } = deployment.value;
      const times = schedule?.assignments ?? [];
      const repeats = times.length > 1 || times.some(({ every }) => every !== undefined);
      const rerun = schedule?.rerun ?? 'always';
      if (purpose !== 'required' || !repeats || rerun === 'never' || rerun === 'ifFailed') return [];
      const message = `${JSON.stringify(deployment.name)} runs ${named(first)} again on the same computer, which is not built anew (TPL-90)`;
      return [{ object: deployment, path: ['schedule'], severity: 'warning', message, hint: 'Set rerun: never.' }];
    });
    return [...again, ...repeated];
  },
};
