/** What may be changed in a task sequence, as data. Places and items are named as a person names them. */
import type { PlainData } from '../../sequence/index.ts';

/**
 * Where an item goes. `item` is a name without case, or a place as listings show it (`2.1.3`). Without `item`, `into` is the
 * sequence itself.
 */
export type Placement =
  | { readonly where: 'into'; readonly item?: string; readonly first?: boolean }
  | { readonly where: 'before' | 'after'; readonly item: string };

/** A move by one among the items of the same group (EDIT-04). */
export type OneUpOrDown = { readonly where: 'up' } | { readonly where: 'down' };

/** Keys of an item in the order in which they are written. */
export const ITEM_KEYS = [
  'group',
  'step',
  'type',
  'description',
  'enabled',
  'continueOnError',
  'runIn',
  'timeout',
  'successCodes',
  'retryCount',
  'runFromNet',
  'startIn',
  'expand',
  'condition',
  'with',
  'extra',
  'steps',
] as const;

/** Options of an item (EDIT-07) by their keys in the file: YAML data; null takes the key away, so that the default holds. */
export interface ItemChanges {
  readonly name?: string;
  readonly description?: string | null;
  /** True takes the key away: enabled is what an item is without it. */
  readonly enabled?: boolean;
  readonly continueOnError?: boolean | null;
  readonly runIn?: string | null;
  readonly timeout?: number | null;
  readonly successCodes?: readonly number[] | null;
  readonly retryCount?: number | null;
  readonly runFromNet?: boolean | null;
  readonly startIn?: string | null;
  readonly condition?: PlainData | null;
  /** Properties of the step's type; null takes one away. */
  readonly with?: Readonly<Record<string, PlainData | null>>;
}

export type SequenceEdit =
  /** `item` in the form of the file; `group` with `steps: []` for a new group (EDIT-03). */
  | { readonly edit: 'add'; readonly item: Readonly<Record<string, PlainData>>; readonly to: Placement }
  | { readonly edit: 'remove'; readonly item: string }
  | { readonly edit: 'move'; readonly item: string; readonly to: Placement | OneUpOrDown }
  | { readonly edit: 'copy'; readonly item: string; readonly to: Placement; readonly name?: string }
  | { readonly edit: 'change'; readonly item: string; readonly changes: ItemChanges };

/** An item as a message or a listing names it: the name that it was given, and what it is (EDIT-06). */
export interface ShownItem {
  /** Counted from 1: `2.1.3`. */
  readonly place: string;
  readonly name: string;
  readonly kind: 'group' | 'step';
  /** Of a step: the name of its definition, and its title in the console. */
  readonly type?: string;
  readonly title?: string;
  /** Of a group: how many steps and groups are in it, at any depth. */
  readonly steps: number;
  readonly groups: number;
}

export interface Edited {
  readonly text: string;
  /** The item, at its new place; at its old one when it was removed. */
  readonly item: ShownItem;
}
