/** What is known of one variable at one moment. */

export type VariableState =
  | {
      readonly state: 'set';
      readonly value: string;
      /** The value is shown to nobody (VAR-04). */
      readonly hidden?: boolean;
    }
  /** Known to have no value; the same as empty (configmgr-formats 6.1). */
  | { readonly state: 'missing' }
  | {
      readonly state: 'unknown';
      /** What decides it at run time, or who has it. */
      readonly why: string;
      /** It has some value, but nobody here knows which. */
      readonly set?: true;
    };

/** The state of a variable by name, without case. */
export type VariableLookup = (name: string) => VariableState;

/** The value in words, never of a hidden one. */
export function showState(state: VariableState): string {
  if (state.state === 'set') return state.hidden === true ? 'set (hidden)' : JSON.stringify(state.value);
  return state.state === 'missing' ? 'not set' : `not known (${state.why})`;
}
