/** A command that does nothing but end with a code: `cmd /c exit 1`, the usual way to stop a sequence (ENG-06). */
import { exitCodeOf } from '../../sequence/index.ts';
import { isStepType, stepType } from '../../steps/index.ts';
import { planCode } from '../codes.ts';
import { found } from '../findings.ts';
import type { StepRule } from './types.ts';

const EXIT = /^\s*"?(?:cmd(?:\.exe)?|%comspec%)"?\s+\/c\s+"?exit\s+(?:\/b\s+)?(-?\d+)"?\s*$/i;

export const exitRule: StepRule = ({ step }) => {
  const line = step.with['CommandLine'];
  const code = typeof line === 'string' ? EXIT.exec(line)?.[1] : undefined;
  const exit = code === undefined ? undefined : exitCodeOf(code);
  if (exit === undefined || !isStepType(step.type)) return [];
  const { definition } = stepType(step.type);
  if ((step.successCodes ?? definition.successCodes).includes(exit)) return [];
  return [
    found(
      'error',
      planCode.PLAN_STEP,
      `it ends with exit code ${exit}, which is no success code of the step: it is made to stop the sequence`,
      'What its condition asks for must be mended on the device.',
    ),
  ];
};
