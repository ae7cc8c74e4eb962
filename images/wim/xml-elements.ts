/**
 * The XML data as elements with their positions in the text, so that edits replace stretches and keep every byte that they
 * do not mean to change. `saxes` reads; entities of a DOCTYPE are never expanded.
 */
import { SaxesParser } from 'saxes';
import { FormatError, LimitError } from '../../src/core/index.ts';
import { wimCode } from './codes.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of `<`, in UTF-16 code units from the start of the text. */
  readonly start: number;
  /** Behind the start tag. */
  readonly contentStart: number;
  /** Before the end tag. */
  readonly contentEnd: number;
  /** Behind the end tag. */
  readonly end: number;
  readonly selfClosing: boolean;
  readonly children: readonly XmlElement[];
  /** The element's own text, without that of its children. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  contentEnd: number;
  end: number;
  selfClosing: boolean;
  children: OpenElement[];
  text: string;
}

/** Elements inside elements; WIM files nest five deep. */
const deepest = 64;

/**
 * The root element. Throws FormatError (`WIM_XML`) for text that is not well formed, LimitError (`WIM_LIMIT`) for more
 * than `limit` elements.
 */
export function parseXml(text: string, limit: number): XmlElement {
  const parser = new SaxesParser();
  const stack: OpenElement[] = [];
  let root: OpenElement | undefined;
  let count = 0;
  parser.on('error', (error) => {
    throw malformed(error.message);
  });
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    if (++count > limit) {
      throw new LimitError(wimCode.WIM_LIMIT, `the XML data has more than ${limit} elements, the limit here`);
    }
    if (stack.length >= deepest) throw malformed(`elements are nested deeper than ${deepest}`);
    const at = parser.position;
    const element: OpenElement = {
      name,
      attributes,
      // Well-formed tags hold no other `<`.
      start: text.lastIndexOf('<', at - 1),
      contentStart: at,
      contentEnd: at,
      end: at,
      selfClosing: isSelfClosing,
      children: [],
      text: '',
    };
    stack.at(-1)?.children.push(element);
    root ??= element;
    stack.push(element);
  });
  parser.on('text', (part) => {
    const element = stack.at(-1);
    if (element) element.text += part;
  });
  parser.on('cdata', (part) => {
    const element = stack.at(-1);
    if (element) element.text += part;
  });
  parser.on('closetag', () => {
    const element = stack.pop();
    if (!element) return;
    element.end = parser.position;
    if (!element.selfClosing) element.contentEnd = text.lastIndexOf('<', parser.position - 1);
  });
  parser.write(text).close();
  if (!root) throw malformed('there is no element');
  return root;
}

/** The first child of that name. */
export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The text at a path of names; undefined when an element is absent. */
export function textAt(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  let at = element;
  for (const name of names) at = childNamed(at, name);
  return at?.text.trim();
}

function malformed(why: string): FormatError {
  return new FormatError(wimCode.WIM_XML, `the XML data is not well formed: ${why}`, { details: { structure: 'XML' } });
}
