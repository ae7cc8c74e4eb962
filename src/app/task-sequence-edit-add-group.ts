/** `task-sequence edit add-group`: an empty group, into which steps are added then (EDIT-03). */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { editItem, type EditedSequence, sequenceInput } from './edited-sequence.ts';
import { commonChanges, commonOptionsInput, itemData } from './item-options.ts';
import { placementInput, placementOf } from './item-placement.ts';
import { useCase } from './use-case.ts';

const name = 'task-sequence edit add-group';

export const taskSequenceEditAddGroup = useCase({
  name,
  summary: 'add an empty group to a task sequence',
  effect: 'write',
  input: z.strictObject({
    ...sequenceInput,
    ...placementInput,
    ...commonOptionsInput,
    name: z.string().min(1),
    disabled: z.boolean().default(false),
  }),
  async run(input, _services, context: OperationContext): Promise<EditedSequence> {
    const to = placementOf(name, input);
    const changes = await commonChanges(input);
    const item = itemData({ group: input.name }, { ...changes, ...(input.disabled ? { enabled: false } : {}) });
    return editItem(input, context, { edit: 'add', item: { ...item, steps: [] }, to });
  },
});
