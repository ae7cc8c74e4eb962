/** `variable list`: the variables of a device or a collection, hidden values as dots (VAR-04). */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import { useCase } from './use-case.ts';
import { openOwner, ownerInput, type ShownVariable, shownVariables } from './variable-owner.ts';

export interface ListedVariables {
  readonly owner: { readonly kind: 'device' | 'collection'; readonly name: string; readonly file: string };
  readonly variables: readonly ShownVariable[];
}

export const variableList = useCase({
  name: 'variable list',
  summary: 'show the task sequence variables of a device or collection',
  effect: 'read',
  input: z.strictObject(ownerInput),
  async run(input, _services, context: OperationContext): Promise<ListedVariables> {
    const { object } = await openOwner('variable list', input, context);
    return {
      owner: { kind: object.kind, name: object.name, file: object.file },
      variables: shownVariables(object),
    };
  },
});
