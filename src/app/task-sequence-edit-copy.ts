/** `task-sequence edit copy`: a step, or a group with its steps, once more in the same sequence. */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { editItem, type EditedSequence, sequenceInput } from './edited-sequence.ts';
import { placementInput, placementOf } from './item-placement.ts';
import { useCase } from './use-case.ts';

const name = 'task-sequence edit copy';

export const taskSequenceEditCopy = useCase({
  name,
  summary: 'copy a step or group within its task sequence',
  effect: 'write',
  input: z.strictObject({
    ...sequenceInput,
    ...placementInput,
    item: z.string().min(1),
    name: z.string().min(1).optional(),
  }),
  // oxlint-disable-next-line typescript/require-await -- what is wrong with the input is a rejection, too
  async run(input, _services, context: OperationContext): Promise<EditedSequence> {
    const { item, into, before, after, first } = input;
    const isPlaced = into !== undefined || before !== undefined || after !== undefined || first;
    // Behind the one that was copied, where nothing else is said.
    const to = isPlaced ? placementOf(name, input) : ({ where: 'after', item } as const);
    return editItem(input, context, {
      edit: 'copy',
      item,
      to,
      ...(input.name === undefined ? {} : { name: input.name }),
    });
  },
});
