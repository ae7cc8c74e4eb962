/** `task-sequence edit add`: a step of a type, chosen by category (EDIT-02), with its options and properties. */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { stepTypeNamed, type StepDefinition } from '../steps/index.ts';
import { editItem, type EditedSequence, sequenceInput } from './edited-sequence.ts';
import { sealedSecrets } from './given-secrets.ts';
import { itemData, stepChanges, stepOptionsInput } from './item-options.ts';
import { placementInput, placementOf } from './item-placement.ts';
import { useCase } from './use-case.ts';

const name = 'task-sequence edit add';

export const taskSequenceEditAdd = useCase({
  name,
  summary: 'add a step to a task sequence',
  effect: 'write',
  input: z.strictObject({
    ...sequenceInput,
    ...placementInput,
    ...stepOptionsInput,
    type: z.string().min(1),
    name: z.string().min(1).optional(),
    disabled: z.boolean().default(false),
  }),
  async run(input, _services, context: OperationContext): Promise<EditedSequence> {
    const { definition } = stepTypeNamed(input.type);
    const to = placementOf(name, input);
    return editItem(input, context, async ({ opened: { site } }) => {
      const changes = await stepChanges(definition.name, input, (given) => sealedSecrets(site, given));
      const head = { step: input.name ?? nameOf(definition, input.type), type: definition.name };
      return { edit: 'add', item: itemData(head, { ...changes, ...(input.disabled ? { enabled: false } : {}) }), to };
    });
  },
});

/** The name that the wizard gives such a step where it was asked for by that name, else the title of its type. */
function nameOf({ wizardNames, title }: StepDefinition, asked: string): string {
  return wizardNames.find((known) => known.toLowerCase() === asked.trim().toLowerCase()) ?? title;
}
