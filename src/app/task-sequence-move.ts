/** `task-sequence move`: into another folder; id and deployments stay as they are (EDIT-10). */
import { posix } from 'node:path';
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import { OBJECT_FOLDERS } from '../model/index.ts';
import { schemaPath } from '../site/index.ts';
import { isSitePath } from '../store/index.ts';
import { appCode } from './codes.ts';
import { type NamedSequence, openSequence, sequenceInput } from './edited-sequence.ts';
import { newPaths } from './new-object.ts';
import { changeOf, type ChangedSite, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';

export interface MovedSequence extends ChangedSite {
  /** With the file that it has now. */
  readonly sequence: NamedSequence;
  readonly from: string;
}

export const taskSequenceMove = useCase({
  name: 'task-sequence move',
  summary: 'move a task sequence into another folder',
  effect: 'write',
  input: z.strictObject({ ...sequenceInput, folder: z.string() }),
  async run({ sequence, site, plan, folder: given }, _services, context: OperationContext): Promise<MovedSequence> {
    const { opened, object, text, named } = await openSequence(site, sequence, context);
    const folder = given.replaceAll('\\', '/').replaceAll(/^\/+|\/+$/g, '');
    const from = object.file;
    if (folder === posix.dirname(from).slice(OBJECT_FOLDERS.taskSequence.length + 1)) {
      return { sequence: named, from, ...(await changeSite(opened, [], { plan }, context)) };
    }
    const kept = posix.join(OBJECT_FOLDERS.taskSequence, folder, posix.basename(from));
    const taken = [...opened.texts.keys()].some((path) => path.toLowerCase() === kept.toLowerCase());
    const file = taken ? newPaths(opened)('taskSequence', object.name, folder) : kept;
    if (folder.split('/').includes('..') || !isSitePath(file)) {
      throw new InputError(appCode.APP_OPTION, `${JSON.stringify(given)} cannot be a folder of task-sequences`, {
        hint: 'Folders are relative names with / between them, without characters that Windows refuses.',
      });
    }
    const moved = text.replace(
      /^(# yaml-language-server: \$schema=)\S+/m,
      `$1${schemaPath('taskSequence', depthOf(file))}`,
    );
    // The new file first: should the second write fail, the first is taken back, and nothing was lost.
    const changes = [changeOf(opened, file, moved), changeOf(opened, from, undefined)];
    return { sequence: { ...named, file }, from, ...(await changeSite(opened, changes, { plan }, context)) };
  },
});

const depthOf = (path: string): number => path.split('/').length - 1;
