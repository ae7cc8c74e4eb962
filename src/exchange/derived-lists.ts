/**
 * `referenceList` and `globalVarList` follow from the steps (4.1, 4.3), so they are not stored. Where an import's list is not the
 * one that its steps give, what differs is kept as tokens: an entry that follows from a step by its key, one that does not with
 * `+` and all it says, one that follows from a step and was missing with `-`.
 */
import type { XmlElement } from './xml-elements.ts';
import { element } from './xml-write.ts';

export interface DerivedEntry {
  /** What the entry is, whatever its value: `package=ABC00001`, `name=OSDAdapterCount`. */
  readonly key: string;
  readonly element: XmlElement;
}

const separator = '\t';

/** Everything that an entry says, as one line. */
export function entryText({ attributes, text }: XmlElement): string {
  const parts = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  return [...parts, ...(text === '' ? [] : [`#=${text}`])].join(separator);
}

function entryElement(name: string, text: string): XmlElement {
  const pairs = text.split(separator).map((part): [string, string] => {
    const at = part.indexOf('=');
    return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
  });
  const value = pairs.find(([key]) => key === '#')?.[1] ?? '';
  const attributes = pairs.filter(([key]) => /^[A-Za-z_][\w.-]*$/.test(key));
  return element(name, attributes, value);
}

/** The tokens of a list; undefined when it is the one that the steps give. `found` is undefined when there is no list. */
export function differingTokens(
  derived: readonly DerivedEntry[],
  found: readonly XmlElement[] | undefined,
): string[] | undefined {
  const byText = queues(derived, (entry) => entryText(entry.element));
  const tokens = (found ?? []).map((entry) => {
    const text = entryText(entry);
    return byText.take(text)?.key ?? `+${text}`;
  });
  const left = byText.rest();
  const same = left.length === 0 && tokens.every((token, i) => token === derived[i]?.key);
  if (same && (found === undefined || tokens.length > 0)) return undefined;
  return [...tokens, ...left.map(({ key }) => `-${key}`)];
}

/** Entries that are taken one by one, in their order, by a key; what is left keeps its order. */
function queues(
  entries: readonly DerivedEntry[],
  keyOf: (entry: DerivedEntry) => string,
): { readonly take: (key: string) => DerivedEntry | undefined; readonly rest: () => DerivedEntry[] } {
  const byKey = new Map<string, DerivedEntry[]>();
  for (const entry of entries.toReversed()) {
    const queue = byKey.get(keyOf(entry));
    if (queue) queue.push(entry);
    else byKey.set(keyOf(entry), [entry]);
  }
  const taken = new Set<DerivedEntry>();
  return {
    take: (key) => {
      const entry = byKey.get(key)?.pop();
      if (entry) taken.add(entry);
      return entry;
    },
    rest: () => entries.filter((entry) => !taken.has(entry)),
  };
}

/** The list to be written; undefined for none. */
export function mergedList(
  name: string,
  derived: readonly DerivedEntry[],
  tokens: readonly string[] | undefined,
): readonly XmlElement[] | undefined {
  const byKey = queues(derived, ({ key }) => key);
  const written: XmlElement[] = [];
  for (const token of tokens ?? []) {
    if (token.startsWith('+')) written.push(entryElement(name, token.slice(1)));
    else if (token.startsWith('-')) byKey.take(token.slice(1));
    else {
      const entry = byKey.take(token);
      if (entry) written.push(entry.element);
    }
  }
  written.push(...byKey.rest().map((entry) => entry.element));
  return written.length > 0 || tokens?.length === 0 ? written : undefined;
}
