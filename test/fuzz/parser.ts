/** What a parser under mutation is: seeds come from files, the parser reads all it can, the rest is for the judge. */

/** Facts of a seed that are not in its bytes, as plain data. */
export type SeedFacts = Readonly<Record<string, number | string>>;

export interface Parser {
  /** Also the folder of its seeds and the start of the names of its findings. */
  readonly name: string;
  /** Opens and walks everything. What it may throw is FormatError, and errors with one of `inputCodes`. */
  exercise(bytes: Uint8Array, facts: SeedFacts): Promise<void> | void;
  /** Codes of errors that are not FormatErrors and yet an answer, as a wrong password is. */
  readonly inputCodes?: readonly string[];
  /** Seeds are text: half of the mutations are of lines and words. */
  readonly text?: boolean;
  /**
   * Makes checksums right again in every second mutation, so that damage behind them is seen: a list of patches, each
   * asked for when those before are in place.
   */
  repair?(pristine: Uint8Array): (bytes: Uint8Array) => Iterable<{ readonly at: number; readonly bytes: Uint8Array }>;
}

export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly facts: SeedFacts;
}
