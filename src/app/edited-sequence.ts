/** What the commands that edit a sequence have in common: which one, its text, and the one write. */
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import type { SiteObject } from '../model/index.ts';
import { type Edited, editSequence, type SequenceEdit, type ShownItem } from '../site/index.ts';
import { appCode } from './codes.ts';
import { findObject } from './find-object.ts';
import { type OpenedSite, openSite, siteOption, siteRefused } from './open-site.ts';
import { changeOf, type ChangedSite, changeSite } from './site-changes.ts';

export type SequenceObject = SiteObject<'taskSequence'>;

/** Which sequence, and whether anything is written. */
export const sequenceInput = {
  sequence: z.string().min(1),
  site: siteOption,
  plan: z.boolean().default(false),
};

export interface NamedSequence {
  readonly id: string;
  readonly name: string;
  readonly file: string;
}

export interface EditedSequence extends ChangedSite {
  readonly sequence: NamedSequence;
  /** The group or step, where it is after the edit; where it was, of one that was removed. */
  readonly item: ShownItem;
}

export interface OpenedSequence {
  readonly opened: OpenedSite;
  readonly object: SequenceObject;
  /** The text of its file. */
  readonly text: string;
  readonly named: NamedSequence;
}

/**
 * The sequence of a site that a command names. The site may have mistakes elsewhere; the file itself must be one that the schema
 * takes. Throws InputError: `APP_OBJECT`, `APP_OBJECT_AMBIGUOUS`, `APP_SITE`.
 */
export async function openSequence(folder: string, name: string, context: OperationContext): Promise<OpenedSequence> {
  const opened = await openSite(folder, context);
  // One that its schema refuses is found by name and id, and is in no list.
  const object = opened.site.find('taskSequence', name) ?? findObject(opened.site, name, ['taskSequence']);
  const text = opened.texts.get(object.file);
  if (text === undefined || (object.value as unknown) === undefined) {
    throw siteRefused(
      `${object.file} is no task sequence that can be edited`,
      opened.problems.filter(({ file, severity }) => file === object.file && severity === 'error'),
    );
  }
  return { opened, object, text, named: { id: object.id ?? '', name: object.name, file: object.file } };
}

/** One edit of one item, checked and written. Throws as `editSequence` and `changeSite` do. */
export async function editItem(
  { sequence, site, plan }: { readonly sequence: string; readonly site: string; readonly plan: boolean },
  context: OperationContext,
  editOf: SequenceEdit | ((found: OpenedSequence) => Promise<SequenceEdit>),
): Promise<EditedSequence> {
  const found = await openSequence(site, sequence, context);
  const { text, item }: Edited = editSequence(found.text, typeof editOf === 'function' ? await editOf(found) : editOf);
  const changed = await changeSite(found.opened, [changeOf(found.opened, found.object.file, text)], { plan }, context);
  return { sequence: found.named, item, ...changed };
}

/** Refuses input that asks for nothing, or for two things at once. */
export function exactlyOne(useCase: string, given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given);
  const used = names.filter((name) => given[name] !== undefined && given[name] !== false);
  if (used.length === 1) return;
  const list = names.map((name) => `--${name}`).join(', ');
  const what = used.length === 0 ? 'none is given' : `${used.map((name) => `--${name}`).join(' and ')} are given`;
  throw new InputError(appCode.APP_OPTION, `${useCase}: one of ${list} is needed; ${what}`, {
    hint: `osdkit ${useCase} --help shows what it takes.`,
  });
}
