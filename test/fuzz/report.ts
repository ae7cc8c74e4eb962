/** What the process under judgement tells, a line of JSON each. */

export interface Finding {
  readonly parser: string;
  readonly number: number;
  /** What happened, one line. */
  readonly what: string;
}

export type Report =
  /** Seeds are loaded and were walked once; `data` is VmData in KiB, what the limit of memory is laid upon. */
  | { readonly kind: 'ready'; readonly data: number }
  | ({ readonly kind: 'finding' } & Finding)
  /** Mutations from `from` up to `next` are done. `codes`: how often each error came, `slowest` in ms of processor time. */
  | {
      readonly kind: 'done';
      readonly next: number;
      readonly valid: number;
      readonly codes: Readonly<Record<string, number>>;
      readonly slowest: number;
    };

/** The work of a process: one parser, mutations `from` up to `to`. */
export interface Job {
  readonly parser: string;
  readonly seeds: string;
  readonly from: number;
  readonly to: number;
  /** The number under work, as text of fixed width, is written here before each mutation. */
  readonly progress: string;
  /** Write this mutation to a file instead of exercising it. */
  readonly write?: string;
}
