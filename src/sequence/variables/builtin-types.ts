/** What the table of built-in variables says of each. */

export interface BuiltinVariable {
  readonly name: string;
  /** One line for people. */
  readonly meaning: string;
  /**
   * Who sets it: the engine at start or while it runs; the medium; the policy of the site; a step of the sequence (its input or
   * output); a Set Dynamic Variables step; or the administrator.
   */
  readonly setBy: 'engine' | 'medium' | 'policy' | 'step' | 'set-dynamic-variables' | 'administrator';
  /** What holds while nobody sets it. */
  readonly default?: string;
  /** The values there are, where they are few. */
  readonly values?: readonly string[];
  /** Its value is shown nowhere. */
  readonly secret?: true;
  /** Release of ConfigMgr that brought it, where it was not always there. */
  readonly since?: string;
}
