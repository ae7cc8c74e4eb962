/** What a row of the table of WMI classes is. */
import type { MachineFacts } from '../facts.ts';

/** Undefined: unknown; null: NULL. */
export type WqlValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[];

export type WqlInstance = Readonly<Record<string, WqlValue>>;

export interface WqlInstances {
  /** Instances that exist. */
  readonly instances: readonly WqlInstance[];
  /** What Windows may have besides and facts do not list, as far as all of them are alike. */
  readonly possible?: readonly WqlInstance[];
}

export interface WqlClass {
  readonly name: string;
  /** Undefined: the facts do not say. */
  readonly read: (facts: MachineFacts) => WqlInstances | undefined;
  /** Default `root\cimv2`. */
  readonly namespace?: string;
}
