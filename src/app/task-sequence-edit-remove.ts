/** `task-sequence edit remove`: a step, or a group with all that is in it (EDIT-05). */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { editItem, type EditedSequence, sequenceInput } from './edited-sequence.ts';
import { useCase } from './use-case.ts';

export const taskSequenceEditRemove = useCase({
  name: 'task-sequence edit remove',
  summary: 'remove a step, or a group with its steps',
  effect: 'write',
  input: z.strictObject({ ...sequenceInput, item: z.string().min(1) }),
  run: (input, _services, context: OperationContext): Promise<EditedSequence> =>
    editItem(input, context, { edit: 'remove', item: input.item }),
});
