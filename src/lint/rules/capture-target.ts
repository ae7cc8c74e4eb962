/** TPL-67, TPL-89: a shared folder with the name of the WIM, and an account with rights on it. */
import { holdsVariable } from '../../steps/index.ts';
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { isGiven, textOf } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';
import { siteGives } from '../variables/givers.ts';

export const captureTarget: LintRule = {
  code: lintCode.LINT_CAPTURE_TARGET,
  why: 'The capture is the last step: it fails when all the work is done.',
  check: (run) =>
    run.steps.flatMap((node): LintFinding[] => {
      const { item } = node;
      if (item.type !== 'capture-operating-system-image') return [];
      const found: LintFinding[] = [];
      const target = textOf(item, 'CaptureDestination');
      if (target !== undefined && !holdsVariable(target) && !/\.wim$/i.test(target)) {
        found.push(
          atProperty(node, 'CaptureDestination', 'error', `${named(node)}: CaptureDestination names no .wim file`),
        );
      }
      const share = target !== undefined && target.startsWith('\\\\');
      if (share && !isGiven(item, 'CaptureUsername') && !siteGives(run.site, 'OSDCaptureAccount')) {
        const message = `${named(node)}: CaptureUsername is missing, and Windows PE itself has no rights on a share`;
        found.push(atProperty(node, 'CaptureUsername', 'warning', message));
      }
      return found;
    }),
};
