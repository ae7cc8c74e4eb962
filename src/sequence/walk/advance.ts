/**
 * Which item comes next, as a pure function of what happened (configmgr-formats 4.3, ENG-02, ENG-03): the engine keeps the path over
 * restarts and asks here.
 */
import type { SequenceItem } from '../../model/index.ts';
import { type ItemPath, itemAt } from './path.ts';

/**
 * What happened at an item: `skip` when it is disabled or its condition does not hold, `enter` for a group that runs, `succeeded` and
 * `failed` for a step that ran.
 */
export type WalkEvent = 'skip' | 'enter' | 'succeeded' | 'failed';

export type WalkState =
  | {
      readonly state: 'at';
      readonly path: ItemPath;
      /** The item whose continueOnError took the failure before. */
      readonly continuedBy?: ItemPath;
    }
  | {
      readonly state: 'ended';
      readonly succeeded: boolean;
      /** The step that failed, and that nothing took. */
      readonly failedAt?: ItemPath;
      readonly continuedBy?: ItemPath;
    };

/** The first item; a sequence without items has succeeded. */
export function firstItem(items: readonly SequenceItem[]): WalkState {
  return items.length === 0 ? { state: 'ended', succeeded: true } : { state: 'at', path: [0] };
}

/**
 * The state after an event at a path. A failure goes outwards: the step with continueOnError hands over to the next one, the group
 * with it to the group's next sibling; members in between do not run; at the top the sequence has failed.
 * Throws RangeError for a path without item and for an event that its item cannot have.
 */
export function advance(items: readonly SequenceItem[], path: ItemPath, event: WalkEvent): WalkState {
  const item = itemAt(items, path);
  if (item === undefined) throw new RangeError(`no item at ${path.join('.')}`);
  if (event === 'skip') return after(items, path);
  if ((event === 'enter') !== (item.kind === 'group')) throw new RangeError(`a ${item.kind} cannot have ${event}`);
  if (item.kind === 'group') {
    return item.steps.length === 0 ? after(items, path) : { state: 'at', path: [...path, 0] };
  }
  return event === 'failed' ? afterFailure(items, path) : after(items, path);
}

/** What follows once an item, with all in it, is over. */
function after(items: readonly SequenceItem[], path: ItemPath): WalkState {
  for (let depth = path.length; depth > 0; depth--) {
    const next = [...path.slice(0, depth - 1), (path[depth - 1] as number) + 1];
    if (itemAt(items, next)) return { state: 'at', path: next };
  }
  return { state: 'ended', succeeded: true };
}

function afterFailure(items: readonly SequenceItem[], path: ItemPath): WalkState {
  for (let depth = path.length; depth > 0; depth--) {
    const around = path.slice(0, depth);
    if (itemAt(items, around)?.continueOnError === true) return { ...after(items, around), continuedBy: around };
  }
  return { state: 'ended', succeeded: false, failedAt: path };
}
