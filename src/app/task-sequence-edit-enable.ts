/** `task-sequence edit enable` and `disable`: a step, or a group with all that is in it. */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { editItem, type EditedSequence, sequenceInput } from './edited-sequence.ts';
import { useCase } from './use-case.ts';

const input = z.strictObject({ ...sequenceInput, item: z.string().min(1) });

export const taskSequenceEditEnable = useCase({
  name: 'task-sequence edit enable',
  summary: 'let a step or group run again',
  effect: 'write',
  input,
  run: (given, _services, context: OperationContext): Promise<EditedSequence> =>
    editItem(given, context, { edit: 'change', item: given.item, changes: { enabled: true } }),
});

export const taskSequenceEditDisable = useCase({
  name: 'task-sequence edit disable',
  summary: 'keep a step or group and do not run it',
  effect: 'write',
  input,
  run: (given, _services, context: OperationContext): Promise<EditedSequence> =>
    editItem(given, context, { edit: 'change', item: given.item, changes: { enabled: false } }),
});
