/**
 * `%NAME%` in step fields, command lines and conditions (VAR-19). A name that has no value stays as text; what a replacement
 * brings is not looked at again; `%%` is no escape, as no source says so. Ours where the documents are silent.
 */
import type { VariableLookup } from './state.ts';

export interface Expansion {
  /** With the values in place of the names; hidden ones, too: show it only where `hidden` is false. */
  readonly text: string;
  /** Names that were replaced, as written, each once. */
  readonly used: readonly string[];
  /** Names that have no value and stayed as text. */
  readonly missing: readonly string[];
  /** Names whose value is not known, with the reason; they stayed as text. */
  readonly unknown: readonly { readonly name: string; readonly why: string }[];
  /** A hidden value is in the text. */
  readonly hidden: boolean;
}

const reference = /%([A-Za-z_][A-Za-z0-9_-]{0,255})%/g;

/** Replaces the names; one pass over the text. */
export function expand(text: string, lookup: VariableLookup): Expansion {
  const used = new Set<string>();
  const missing = new Set<string>();
  const unknown = new Map<string, string>();
  let hidden = false;
  let result = '';
  let done = 0;
  reference.lastIndex = 0;
  for (let match = reference.exec(text); match; match = reference.exec(text)) {
    const name = match[1] as string;
    const state = lookup(name);
    if (state.state === 'set') {
      used.add(name);
      hidden ||= state.hidden === true;
      result += text.slice(done, match.index) + state.value;
      done = reference.lastIndex;
    } else {
      if (state.state === 'missing') missing.add(name);
      else unknown.set(name, state.why);
      // The closing sign may open the next name: `100%A%B%`.
      reference.lastIndex--;
    }
  }
  return {
    text: result + text.slice(done),
    used: [...used],
    missing: [...missing],
    unknown: [...unknown].map(([name, why]) => ({ name, why })),
    hidden,
  };
}

/** Names between `%` signs, as written, each once, whether or not they have a value. */
export function referencedNames(text: string): readonly string[] {
  return [...expand(text, () => ({ state: 'missing' })).missing];
}
