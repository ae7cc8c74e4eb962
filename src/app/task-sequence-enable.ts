/**
 * `task-sequence enable` and `disable`: a disabled sequence stays deployed and runs nowhere (EDIT-11); enabling it takes effect
 * without deploying again (EDIT-12).
 */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { type ChangedSequence, changeProperties } from './changed-sequence.ts';
import { sequenceInput } from './edited-sequence.ts';
import { useCase } from './use-case.ts';

const input = z.strictObject(sequenceInput);

export const taskSequenceEnable = useCase({
  name: 'task-sequence enable',
  summary: 'let a disabled task sequence run again',
  effect: 'write',
  input,
  run: (given, _services, context: OperationContext): Promise<ChangedSequence> =>
    changeProperties(given, context, { enabled: true }),
});

export const taskSequenceDisable = useCase({
  name: 'task-sequence disable',
  summary: 'let a task sequence run on no computer, deployed or not',
  effect: 'write',
  input,
  run: (given, _services, context: OperationContext): Promise<ChangedSequence> =>
    changeProperties(given, context, { enabled: false }),
});
