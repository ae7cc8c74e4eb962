/**
 * XML of imports as a tree. `saxes` reads, strictly; a document type is refused, so that no entity but the five of XML exists;
 * size, number of elements and depth are limited before anything is built from them.
 */
import { SaxesParser } from 'saxes';
import { FormatError, LimitError } from '../core/index.ts';
import { exchangeCode } from './codes.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element's own text, without that of its children. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

export interface XmlLimits {
  /** UTF-16 code units of a document. */
  readonly length: number;
  readonly elements: number;
  readonly depth: number;
}

/** A sequence of 64 groups, with conditions of 64 operators and what is around them, is 140 deep. */
export const xmlLimits: XmlLimits = { length: 64 * 1024 * 1024, elements: 500_000, depth: 200 };

/**
 * The root element of a document; `document` names it in messages. Throws FormatError (`EXCHANGE_XML`,
 * `EXCHANGE_XML_DOCTYPE`) and LimitError (`EXCHANGE_LIMIT`).
 */
export function parseXml(text: string, document: string, limits: XmlLimits = xmlLimits): XmlElement {
  if (text.length > limits.length) throw limit(document, 'characters', limits.length);
  const parser = new SaxesParser({ position: true });
  const stack: OpenElement[] = [];
  let root: OpenElement | undefined;
  let count = 0;
  parser.on('error', ({ message }) => {
    throw new FormatError(exchangeCode.EXCHANGE_XML, `${document} is not well formed XML: ${message}`, {
      details: { document, line: parser.line, column: parser.column },
    });
  });
  parser.on('doctype', () => {
    const message = `${document} declares a document type (line ${parser.line}): refused, as it could define entities`;
    throw new FormatError(exchangeCode.EXCHANGE_XML_DOCTYPE, message, { details: { document, line: parser.line } });
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++count > limits.elements) throw limit(document, 'elements', limits.elements);
    if (stack.length >= limits.depth) throw limit(document, 'levels of elements', limits.depth);
    // fromEntries: an attribute named __proto__ is an attribute and nothing else.
    const element: OpenElement = {
      name,
      attributes: Object.fromEntries(Object.entries(attributes)),
      children: [],
      text: '',
    };
    stack.at(-1)?.children.push(element);
    root ??= element;
    stack.push(element);
  });
  const addText = (part: string): void => {
    const element = stack.at(-1);
    if (element) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void stack.pop());
  parser.write(text).close();
  if (!root) throw new FormatError(exchangeCode.EXCHANGE_XML, `${document} is not XML: it has no element`);
  return root;
}

/** The first child of that name. */
export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All children of that name. */
export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Throws FormatError (`EXCHANGE_SEQUENCE`) for text where the grammar has only elements. */
export function refuseText({ name, text }: XmlElement): void {
  const found = text.trim();
  if (found === '') return;
  const message = `element ${name} holds text (${JSON.stringify(found.slice(0, 60))}), must hold only elements`;
  throw new FormatError(exchangeCode.EXCHANGE_SEQUENCE, message, { details: { element: name } });
}

function limit(document: string, what: string, maximum: number): LimitError {
  const message = `${document} has more than ${maximum} ${what}, the limit here`;
  return new LimitError(exchangeCode.EXCHANGE_LIMIT, message, { details: { document, maximum } });
}
