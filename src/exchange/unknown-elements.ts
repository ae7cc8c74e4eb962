/**
 * Elements that the grammar does not have, as data (IO-17): a tree under `extra`, or, inside a condition, a flat list of what a
 * reader met, since a condition has no place for trees.
 */
import type { ExtraElement } from '../model/index.ts';
import type { XmlElement } from './xml-elements.ts';
import { element } from './xml-write.ts';

/** Blanks between elements are layout, not text. */
const ownText = (text: string): string => (text.trim() === '' ? '' : text);

export function toExtraElement({ name, attributes, children, text }: XmlElement): ExtraElement {
  const own = children.length === 0 ? text : ownText(text);
  return { name, attributes, text: own, children: children.map(toExtraElement) };
}

export function fromExtraElement({ name, attributes, children, text }: ExtraElement): XmlElement {
  return { ...element(name, Object.entries(attributes)), text, children: children.map(fromExtraElement) };
}

type Mark = readonly [string, string];

/** What a reader met inside an element: `<name`, `@attribute`, `#`, `>`. */
export function toMarks({ attributes, children, text }: XmlElement): Mark[] {
  const own = children.length === 0 ? text : ownText(text);
  return [
    ...Object.entries(attributes).map(([name, value]): Mark => [`@${name}`, value]),
    ...(own === '' ? [] : [['#', own] as const]),
    ...children.flatMap((child): Mark[] => [[`<${child.name}`, ''], ...toMarks(child), ['>', '']]),
  ];
}

/** The inverse; marks that close too much or nothing are passed over, so that edited data never throws. */
export function fromMarks(name: string, marks: readonly Mark[]): XmlElement {
  const root: Open = { name, attributes: {}, children: [], text: '' };
  const stack: Open[] = [root];
  for (const [mark, value] of marks) {
    const top = stack.at(-1) ?? root;
    if (mark === '>') {
      if (stack.length > 1) stack.pop();
    } else if (mark === '#') {
      top.text += value;
    } else if (mark.startsWith('@')) {
      top.attributes = Object.fromEntries([...Object.entries(top.attributes), [mark.slice(1), value]]);
    } else if (mark.startsWith('<')) {
      const child: Open = { name: mark.slice(1), attributes: {}, children: [], text: '' };
      top.children.push(child);
      stack.push(child);
    }
  }
  return root;
}

interface Open {
  readonly name: string;
  attributes: Readonly<Record<string, string>>;
  readonly children: Open[];
  text: string;
}
