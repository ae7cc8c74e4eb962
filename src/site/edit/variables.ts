/** Variables of a device, a collection or the site in its YAML file (VAR-03). */
import { InputError } from '../../core/index.ts';
import { type SealedText, siteVariables, variableKey, type VariableMap } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { deleteIn, readYaml, setIn, textForm, valueAt } from '../yaml/index.ts';

export interface VariableChange {
  readonly name: string;
  /** Undefined: the value that it has. */
  readonly value?: string | SealedText;
  /**
   * Whether commands show the value. Undefined: as it was. False needs a value: what was hidden is never shown again (VAR-05).
   */
  readonly hidden?: boolean;
}

/**
 * The text of a file with a variable set; a name is the same in any case. Throws InputError: `SITE_VARIABLE_HIDDEN` when a mask
 * is to go without a new value, `SITE_VARIABLE` when there is no value at all, `SITE_EDIT` for a file with mistakes.
 */
export function setVariableIn(text: string, { name, value: given, hidden: wanted }: VariableChange): string {
  const old = variableIn(text, name);
  if (wanted === false && given === undefined && old?.hidden === true) {
    throw new InputError(siteCode.SITE_VARIABLE_HIDDEN, `the value of ${name} is hidden: it cannot be shown again`, {
      hint: 'Give the value anew.',
    });
  }
  const value = given ?? old?.value;
  if (value === undefined) throw missing(name);
  const hidden = wanted ?? (old?.hidden === true && typeof value === 'string');
  const path = ['variables', old?.name ?? name];
  const isMaskedThere = valueAt(readYaml(text).value, [...path, 'hidden']) === true;
  if (hidden && isMaskedThere) return setIn(text, [...path, 'value'], value);
  return setIn(text, path, hidden ? { value, hidden: true } : value);
}

/** The text of a file without a variable. Throws InputError (`SITE_VARIABLE`) where there is none of this name. */
export function removeVariableIn(text: string, name: string): string {
  const old = variableIn(text, name);
  if (old === undefined) throw missing(name);
  const without = deleteIn(text, ['variables', old.name]);
  const left = valueAt(readYaml(without).value, ['variables']) as object;
  return Object.keys(left).length === 0 ? deleteIn(without, ['variables']) : without;
}

function variableIn(text: string, name: string) {
  const map = valueAt(textForm(readYaml(text)), ['variables']);
  if (typeof map !== 'object' || map === null) return undefined;
  // Numbers and booleans are text here; other forms are mistakes that the site tells.
  const plain = (value: unknown) => (typeof value === 'object' && value !== null ? value : String(value));
  const entries = Object.entries(map).map(([key, entry]: [string, unknown]) => {
    const isDetailed = typeof entry === 'object' && entry !== null && 'value' in entry;
    return [key, isDetailed ? { ...entry, value: plain(entry.value) } : plain(entry)];
  });
  return siteVariables(Object.fromEntries(entries) as VariableMap).find(
    (variable) => variableKey(variable.name) === variableKey(name),
  );
}

export function missing(name: string): InputError {
  return new InputError(siteCode.SITE_VARIABLE, `there is no variable ${name}`, {
    hint: 'Give its value as NAME=VALUE.',
  });
}
