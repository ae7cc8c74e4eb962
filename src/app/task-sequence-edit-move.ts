/** `task-sequence edit move`: by one up or down, into a group, before or after another item (EDIT-04). */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { editItem, type EditedSequence, exactlyOne, sequenceInput } from './edited-sequence.ts';
import { placementInput, placementOf } from './item-placement.ts';
import { useCase } from './use-case.ts';

const name = 'task-sequence edit move';

export const taskSequenceEditMove = useCase({
  name,
  summary: 'move a step or group within its task sequence',
  effect: 'write',
  input: z.strictObject({
    ...sequenceInput,
    ...placementInput,
    item: z.string().min(1),
    up: z.boolean().default(false),
    down: z.boolean().default(false),
    /** Out of all groups: to the end of the sequence, or with `first` to its beginning. */
    top: z.boolean().default(false),
  }),
  // oxlint-disable-next-line typescript/require-await -- what is wrong with the input is a rejection, too
  async run(input, _services, context: OperationContext): Promise<EditedSequence> {
    const { item, up, down, top, into, before, after } = input;
    exactlyOne(name, { up, down, into, before, after, top });
    if (up || down) return editItem(input, context, { edit: 'move', item, to: { where: up ? 'up' : 'down' } });
    return editItem(input, context, { edit: 'move', item, to: placementOf(name, input) });
  },
});
