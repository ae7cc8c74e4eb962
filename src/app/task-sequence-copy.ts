/** `task-sequence copy`: a new sequence with its own id, in the folder of the one copied (EDIT-09). */
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import { setIn } from '../site/index.ts';
import { appCode } from './codes.ts';
import { type NamedSequence, openSequence, sequenceInput } from './edited-sequence.ts';
import { newIds, newPaths } from './new-object.ts';
import { changeOf, type ChangedSite, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';

export interface CopiedSequence extends ChangedSite {
  readonly sequence: NamedSequence;
  readonly copy: NamedSequence;
}

export const taskSequenceCopy = useCase({
  name: 'task-sequence copy',
  summary: 'copy a task sequence, with an id of its own',
  effect: 'write',
  input: z.strictObject({ ...sequenceInput, name: z.string().min(1).max(256).optional() }),
  async run({ sequence, site, plan, name: given }, _services, context: OperationContext): Promise<CopiedSequence> {
    const { opened, object, text, named } = await openSequence(site, sequence, context);
    if (given !== undefined && opened.site.find('taskSequence', given) !== undefined) {
      throw new InputError(appCode.APP_NAME_TAKEN, `there is a task sequence ${JSON.stringify(given)} already`, {
        hint: 'Choose another name.',
      });
    }
    const id = newIds(opened.site).next();
    const name = given ?? freeName(object.name, (other) => opened.site.find('taskSequence', other) !== undefined);
    const file = newPaths(opened)('taskSequence', name, object.value.folder);
    const copied = setIn(setIn(text, ['id'], id), ['name'], name);
    const changed = await changeSite(opened, [changeOf(opened, file, copied)], { plan }, context);
    return { sequence: named, copy: { id, name, file }, ...changed };
  },
});

/** `Install - copy`, then `Install - copy 2`. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  const base = `${name} - copy`;
  let free = base;
  for (let number = 2; isTaken(free); number++) free = `${base} ${number}`;
  return free;
}
