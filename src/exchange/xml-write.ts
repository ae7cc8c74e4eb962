/** Elements as XML text: compact as ConfigMgr has its sequences, or indented. Attributes keep the order they were given in. */
import { InputError } from '../core/index.ts';
import { exchangeCode } from './codes.ts';
import type { XmlElement } from './xml-elements.ts';

export type Attribute = readonly [name: string, value: string | undefined];

/** An element to be written; attributes that are undefined are left out. */
export function element(
  name: string,
  attributes: readonly Attribute[] = [],
  content: string | readonly XmlElement[] = '',
): XmlElement {
  return {
    name,
    attributes: Object.fromEntries(attributes.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    children: typeof content === 'string' ? [] : content,
    text: typeof content === 'string' ? content : '',
  };
}

export interface Layout {
  /** Of one level; elements with text keep it on one line. Undefined: no blanks between elements at all. */
  readonly indent?: string;
  readonly newline?: string;
  /** Elements without content: `<a></a>` in place of `<a />`. */
  readonly open?: (element: XmlElement) => boolean;
}

/** The text of an element. Throws InputError (`EXCHANGE_XML_CHARACTER`). */
export function writeXml(root: XmlElement, layout: Layout = {}): string {
  const parts: string[] = [];
  write(root, layout, '', parts);
  return parts.join('');
}

function write({ name, attributes, children, text }: XmlElement, layout: Layout, before: string, to: string[]): void {
  to.push('<', checkedName(name));
  for (const [key, value] of Object.entries(attributes)) {
    to.push(' ', checkedName(key), '="', attributeText(value), '"');
  }
  if (children.length === 0 && text === '') {
    to.push(layout.open?.({ name, attributes, children, text }) === true ? `></${name}>` : ' />');
    return;
  }
  to.push('>', contentText(text));
  const blank = layout.indent !== undefined && children.length > 0 && text.trim() === '';
  const inner = before + (layout.indent ?? '');
  const newline = layout.newline ?? '\n';
  for (const child of children) {
    if (blank) to.push(newline, inner);
    write(child, layout, inner, to);
  }
  if (blank) to.push(newline, before);
  to.push('</', name, '>');
}

/** Text content. Throws InputError (`EXCHANGE_XML_CHARACTER`). */
export function contentText(text: string): string {
  return checked(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

function attributeText(text: string): string {
  return contentText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\t', '&#x9;');
}

/** XML 1.0, production 5. */
const start =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f';
const more = '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}';
const xmlName = new RegExp(`^[${start}${more}][${start}${more}.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040-]*$`, 'u');

/** Names come from `extra`, too, where anything may stand. */
function checkedName(name: string): string {
  if (xmlName.test(name)) return name;
  const message = `${JSON.stringify(name.slice(0, 60))} is no name that an element or attribute of XML can have`;
  throw new InputError(exchangeCode.EXCHANGE_XML_CHARACTER, message);
}

function checked(text: string): string {
  // XML 1.0 section 2.2; with the u flag a lone surrogate is a character of its own and matches nothing here.
  if (/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text)) return text;
  const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  throw new InputError(
    exchangeCode.EXCHANGE_XML_CHARACTER,
    `${JSON.stringify(shown)} holds a character that XML cannot hold`,
    { hint: 'XML 1.0 has no control characters but tab, line feed and carriage return.' },
  );
}
