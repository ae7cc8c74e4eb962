/** The port to standard input, for commands that read what another program still writes. */
export interface StandardInput {
  /** A person types there: nothing is piped in. */
  readonly terminal: boolean;
  /** What comes, until its end. Errors are those of the system. */
  chunks(): AsyncIterable<Uint8Array>;
  /** No more is wanted: the process need not wait for its end. */
  close(): void;
}
