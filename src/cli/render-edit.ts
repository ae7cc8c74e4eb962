/** An edit of a sequence for people: what was done to which group or step, with name and type (EDIT-06), and the files. */
import type { ChangedSite, EditedSequence } from '../app/index.ts';
import { changeLines } from './render-changes.ts';

type Item = EditedSequence['item'];

/** `step 2.1 "Partition Disk 0" (Format and Partition Disk)`, `group 2 "Install" with 5 steps and 1 group`. */
export function itemText({ kind, place, name, title, type, steps, groups }: Item): string {
  const head = `${kind} ${place} ${JSON.stringify(name)}`;
  if (kind === 'step') return `${head} (${title ?? type ?? 'unknown'})`;
  const inside = [counted(steps, 'step'), ...(groups === 0 ? [] : [counted(groups, 'group')])].join(' and ');
  return steps + groups === 0 ? `${head}, empty` : `${head} with ${inside}`;
}

/** Done or planned, the sequence, and the files. */
export function renderEdit(done: string, edited: EditedSequence): string {
  return renderChange(`${done} ${itemText(edited.item)} in ${edited.sequence.name} (${edited.sequence.id})`, edited);
}

/** One sentence and the files. */
export function renderChange(what: string, changed: ChangedSite): string {
  const lines = changed.changes.length === 0 ? ['Nothing to change: the files say this already'] : changeLines(changed);
  return [what, ...lines].join('\n');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
