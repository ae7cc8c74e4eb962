/** Where the user state parts go in an existing sequence (TPL-140): capture before the disk is touched, restore after the set-up. */
import { InputError, nearestHint } from '../core/index.ts';
import type { SequenceItem } from '../model/index.ts';
import { itemAt, placedItems, type PlacedItem, showPath } from '../sequence/index.ts';
import { isStepType, stepType, type StepEffect } from '../steps/index.ts';
import { templateCode } from './codes.ts';

export type StatePart = 'capture' | 'restore';

export interface WantedPlace {
  readonly side: 'before' | 'after';
  /** Name of a group or step, or its place as `2.1.3`. */
  readonly item: string;
}

/** Index in the list of the group at `path` (indexes from the top; empty: the sequence itself). */
export interface InsertPlace {
  readonly path: readonly number[];
  readonly index: number;
}

const TOUCHES_DISK: readonly StepEffect[] = ['partitions-disk', 'applies-system', 'upgrades-system'];
const SETS_UP: readonly StepEffect[] = ['sets-up-system'];

/**
 * Where a part goes. Without `wanted` the capture stands before the top group or step that touches a disk first (or that
 * restarts into Windows PE before that), the restore at the end of the group that sets a system up last. Throws InputError
 * (`TEMPLATE_PLACE`) for a place on the wrong side of these, and where none can be found.
 */
export function placeOf(part: StatePart, steps: readonly SequenceItem[], wanted: WantedPlace | undefined): InsertPlace {
  const items = placedItems(steps);
  const disk = items.find(({ item }) => hasEffect(item, TOUCHES_DISK));
  const setUp = items.findLast(({ item }) => hasEffect(item, SETS_UP));
  if (wanted === undefined) return part === 'capture' ? beforeDisk(items, disk) : afterSetUp(steps, setUp);
  const anchor = named(items, wanted.item);
  // Order in which things run: a place after an item comes after all that the item holds.
  const at = items.indexOf(anchor);
  const end = items.findLastIndex(({ path }) => anchor.path.every((index, depth) => path[depth] === index));
  const before = wanted.side === 'before' ? at : end + 1;
  if (part === 'capture' && disk && before > items.indexOf(disk)) {
    refuse(`the capture cannot stand ${wanted.side} ${show(anchor)}: ${show(disk)} touches the disk before it`);
  }
  if (part === 'restore' && setUp && before <= items.indexOf(setUp)) {
    refuse(`the restore cannot stand ${wanted.side} ${show(anchor)}: ${show(setUp)} sets the system up after it`);
  }
  return beside(anchor, wanted.side);
}

function beforeDisk(items: readonly PlacedItem[], disk: PlacedItem | undefined): InsertPlace {
  if (!disk) refuse('no step of the sequence touches a disk: there is nothing to save user state from');
  const restart = items.find(({ item }) => item.kind === 'step' && item.with['Target'] === 'WinPE');
  const first = restart && items.indexOf(restart) < items.indexOf(disk) ? restart : disk;
  return { path: [], index: first.path[0] ?? 0 };
}

/** At the end of the group that sets the system up, where the wizard has it: programs are installed before. */
function afterSetUp(steps: readonly SequenceItem[], setUp: PlacedItem | undefined): InsertPlace {
  if (!setUp) refuse('no step of the sequence sets a system up: there is nothing to restore user state to');
  const path = setUp.path.slice(0, -1);
  const group = path.length === 0 ? undefined : itemAt(steps, path);
  return { path, index: (group?.kind === 'group' ? group.steps : steps).length };
}

function beside({ path }: PlacedItem, side: 'before' | 'after'): InsertPlace {
  return { path: path.slice(0, -1), index: (path.at(-1) ?? 0) + (side === 'after' ? 1 : 0) };
}

function hasEffect(item: SequenceItem, effects: readonly StepEffect[]): boolean {
  if (item.kind !== 'step' || !isStepType(item.type)) return false;
  return stepType(item.type).definition.effects.some((effect) => effects.includes(effect));
}

function named(items: readonly PlacedItem[], wanted: string): PlacedItem {
  const byPlace = items.find(({ path }) => showPath(path) === wanted);
  if (byPlace) return byPlace;
  const found = items.filter(({ item }) => item.name.toLowerCase() === wanted.toLowerCase());
  const [only] = found;
  if (only && found.length === 1) return only;
  if (only) {
    const places = found.map(({ path }) => showPath(path)).join(', ');
    refuse(`${found.length} groups and steps are called ${JSON.stringify(wanted)}`, `Give the place: ${places}.`);
  }
  return refuse(
    `there is no group or step ${JSON.stringify(wanted)}`,
    nearestHint(
      wanted,
      items.map(({ item }) => item.name),
    ),
  );
}

function show({ item, path }: PlacedItem): string {
  return `${JSON.stringify(item.name)} (${showPath(path)})`;
}

function refuse(message: string, hint?: string): never {
  throw new InputError(templateCode.TEMPLATE_PLACE, message, hint === undefined ? {} : { hint });
}
