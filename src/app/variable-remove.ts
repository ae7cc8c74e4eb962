/** `variable remove`: variables of a device or a collection go away. */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { removeVariableIn, setCsvVariable } from '../site/index.ts';
import { useCase } from './use-case.ts';
import { openOwner, ownerInput } from './variable-owner.ts';
import { type ChangedVariables, written } from './variable-set.ts';

const name = 'variable remove';

export const variableRemove = useCase({
  name,
  summary: 'remove task sequence variables of a device or collection',
  effect: 'write',
  input: z.strictObject({
    ...ownerInput,
    variables: z.array(z.string().min(1)).min(1),
    plan: z.boolean().default(false),
  }),
  async run(input, _services, context: OperationContext): Promise<ChangedVariables> {
    const owner = await openOwner(name, input, context);
    const { object, text } = owner;
    const remove = (from: string, variable: string): string =>
      object.file === 'devices.csv'
        ? setCsvVariable(from, object.name, variable, undefined)
        : removeVariableIn(from, variable);
    const changes = input.variables.map((variable) => ({ name: variable }));
    return written(owner, input.variables.reduce(remove, text), changes, input, context);
  },
});
