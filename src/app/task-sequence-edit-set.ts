/** `task-sequence edit set`: name, options and properties of a step or group (EDIT-06, EDIT-07). */
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import { itemAt } from '../sequence/index.ts';
import { findItem } from '../site/index.ts';
import { appCode } from './codes.ts';
import { editItem, type EditedSequence, sequenceInput } from './edited-sequence.ts';
import { sealedSecrets } from './given-secrets.ts';
import { stepChanges, stepOptionsInput } from './item-options.ts';
import { useCase } from './use-case.ts';

const name = 'task-sequence edit set';

export const taskSequenceEditSet = useCase({
  name,
  summary: 'change the name, options and properties of a step or group',
  effect: 'write',
  input: z.strictObject({
    ...sequenceInput,
    ...stepOptionsInput,
    item: z.string().min(1),
    name: z.string().min(1).optional(),
  }),
  async run(input, _services, context: OperationContext): Promise<EditedSequence> {
    return editItem(input, context, async ({ opened, object }) => {
      const { steps } = object.value;
      const item = itemAt(steps, findItem(steps, input.item));
      const type = item?.kind === 'step' ? item.type : '';
      const options = await stepChanges(type, input, (given) => sealedSecrets(opened.site, given));
      const changes = { ...options, ...(input.name === undefined ? {} : { name: input.name }) };
      if (Object.keys(changes).length === 0) {
        throw new InputError(appCode.APP_OPTION, `${name}: nothing to change is given`, {
          hint: `osdkit ${name} --help shows what can be changed.`,
        });
      }
      return { edit: 'change', item: input.item, changes };
    });
  },
});
