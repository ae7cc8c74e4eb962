/** Writes XML data (D.6): a new document, or an old one with the values of touched images replaced and all else kept. */
import { FormatError, InputError } from '../../src/core/index.ts';
import { encodeUtf16le, toFileTime, type Instant } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import type { ImageCounts } from './statistics.ts';
import type { NewImage, WindowsInfo } from './change-types.ts';
import { childNamed, parseXml, type XmlElement } from './xml-elements.ts';
import { imageElement } from './xml-read.ts';

/** UTF-16LE with the byte order mark that WIMGAPI needs [W]. */
export function encodeXmlData(text: string): Uint8Array {
  return encodeUtf16le(`\ufeff${text}`);
}

/** What is known of an image when its WIM is written. */
export interface ImageSummary {
  readonly image: Omit<NewImage, 'tree'>;
  readonly counts: ImageCounts;
}

/** The document of a new WIM; `totalBytes` is where the XML data starts, as wimlib has it. */
export function newXml(images: readonly ImageSummary[], totalBytes: number, created: Instant): string {
  const elements = images.map((summary, i) => newElement(summary, i + 1, created));
  return `<WIM>${elementList([['TOTALBYTES', String(totalBytes)]])}${elements.join('')}</WIM>`;
}

function newElement({ image, counts }: ImageSummary, index: number, created: Instant): string {
  const values: [string, string | undefined][] = [
    ...countElements(counts),
    ['CREATIONTIME', timeElements(created)],
    ['LASTMODIFICATIONTIME', timeElements(created)],
    ['WINDOWS', image.windows && windowsElements(image.windows)],
    ['NAME', escapeXml(image.name)],
    ['DESCRIPTION', optional(image.description)],
    ['FLAGS', optional(image.flags)],
    ['DISPLAYNAME', optional(image.displayName)],
    ['DISPLAYDESCRIPTION', optional(image.displayDescription)],
  ];
  return `<IMAGE INDEX="${index}">${elementList(values)}</IMAGE>`;
}

/**
 * `xml` with one image more, the last, and the total of the file; all else stays. Throws FormatError (`WIM_XML`), also when
 * it describes an image of that number already.
 */
export function appendedXml(
  xml: string,
  summary: ImageSummary,
  index: number,
  totalBytes: number,
  created: Instant,
  elementLimit: number,
): string {
  const text = xml === '' ? '<WIM></WIM>' : xml;
  const root = parseXml(text, elementLimit);
  if (imageElement(root, index)) {
    throw new FormatError(wimCode.WIM_XML, `the XML data describes image ${index}, which the WIM does not hold`);
  }
  return splice(text, setChildren(root, [['TOTALBYTES', String(totalBytes)]], newElement(summary, index, created)));
}

/**
 * `xml` with the counts and the time of the touched images and the total of the file brought up to date; every other
 * element, comment and blank stays. Elements that are missing are added. Throws FormatError (`WIM_XML`).
 */
export function updatedXml(
  xml: string,
  changed: ReadonlyMap<number, ImageCounts>,
  totalBytes: number,
  modified: Instant,
  elementLimit: number,
): string {
  const root = parseXml(xml === '' ? '<WIM></WIM>' : xml, elementLimit);
  const edits: Edit[] = [];
  const rootValues: [string, string][] = [['TOTALBYTES', String(totalBytes)]];
  let added = '';
  for (const [index, counts] of changed) {
    const values: [string, string][] = [...countElements(counts), ['LASTMODIFICATIONTIME', timeElements(modified)]];
    const element = imageElement(root, index);
    if (element) edits.push(...setChildren(element, values));
    else added += `<IMAGE INDEX="${index}">${elementList(values)}</IMAGE>`;
  }
  edits.push(...setChildren(root, rootValues, added));
  return splice(xml === '' ? '<WIM></WIM>' : xml, edits);
}

/**
 * A document with the IMAGE elements of others, numbered anew and otherwise kept as they are; one that has no element gets
 * one that says nothing but its counts. Names may be changed. Throws FormatError (`WIM_XML`), InputError (`WIM_ARGUMENT`).
 */
export function gatheredXml(images: readonly GatheredImage[], totalBytes: number, elementLimit: number): string {
  const parsed = new Map<string, XmlElement>();
  const elements = images.map(({ xml, index, counts, name }, i) => {
    const root = parsed.get(xml) ?? (xml === '' ? undefined : parseXml(xml, elementLimit));
    if (root) parsed.set(xml, root);
    const element = imageElement(root, index);
    if (!element)
      return `<IMAGE INDEX="${i + 1}">${elementList([...countElements(counts), ['NAME', optional(name)]])}</IMAGE>`;
    const tag = retagged(xml, element, i + 1);
    if (element.selfClosing && name !== undefined) {
      return `${tag.text.slice(0, -2)}>${elementList([['NAME', escapeXml(name)]])}</IMAGE>`;
    }
    const edits = [tag, ...(name === undefined ? [] : setChildren(element, [['NAME', escapeXml(name)]]))];
    const shift = (edit: Edit): Edit => ({
      ...edit,
      start: edit.start - element.start,
      end: edit.end - element.start,
    });
    return splice(xml.slice(element.start, element.end), edits.map(shift));
  });
  return `<WIM>${elementList([['TOTALBYTES', String(totalBytes)]])}${elements.join('')}</WIM>`;
}

export interface GatheredImage {
  /** The XML data that describes the image, and its number there. */
  readonly xml: string;
  readonly index: number;
  /** For an image that the XML data does not describe. */
  readonly counts: ImageCounts;
  /** A new name. */
  readonly name?: string;
}

/** The edit that gives the start tag of an IMAGE element another INDEX. */
function retagged(xml: string, element: XmlElement, index: number): Edit {
  const tag = xml.slice(element.start, element.contentStart);
  const text = tag.replace(/(\sINDEX\s*=\s*)(["'])[^"']*\2/, `$1$2${index}$2`);
  return { start: element.start, end: element.contentStart, text };
}

/** Text for XML. Throws InputError (`WIM_ARGUMENT`) for a character that XML cannot hold. */
export function escapeXml(text: string): string {
  // XML 1.0 section 2.2; with the u flag a lone surrogate is a character of its own and matches nothing here.
  if (!/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text)) {
    throw new InputError(wimCode.WIM_ARGUMENT, `${JSON.stringify(text)} holds a character that XML data cannot hold`);
  }
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces the content of the named children of an element; adds those that are missing, and `added`, at its end. */
function setChildren(element: XmlElement, values: readonly [string, string][], added = ''): Edit[] {
  const edits: Edit[] = [];
  let missing = '';
  for (const [name, value] of values) {
    const child = childNamed(element, name);
    if (!child) missing += `<${name}>${value}</${name}>`;
    else if (child.selfClosing) edits.push({ start: child.start, end: child.end, text: `<${name}>${value}</${name}>` });
    else edits.push({ start: child.contentStart, end: child.contentEnd, text: value });
  }
  const tail = missing + added;
  if (tail === '') return edits;
  if (!element.selfClosing) return [...edits, { start: element.contentEnd, end: element.contentEnd, text: tail }];
  // `<IMAGE INDEX="1"/>` becomes a pair of tags.
  return [{ start: element.contentStart - 2, end: element.contentStart, text: `>${tail}</${element.name}>` }];
}

function splice(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function countElements(counts: ImageCounts): [string, string][] {
  return [
    ['DIRCOUNT', String(counts.dirCount)],
    ['FILECOUNT', String(counts.fileCount)],
    ['TOTALBYTES', String(counts.totalBytes)],
    ['HARDLINKBYTES', String(counts.hardLinkBytes)],
  ];
}

function timeElements(instant: Instant): string {
  const hex = toFileTime(instant).toString(16).toUpperCase().padStart(16, '0');
  return elementList([
    ['HIGHPART', `0x${hex.slice(0, 8)}`],
    ['LOWPART', `0x${hex.slice(8)}`],
  ]);
}

function windowsElements(windows: WindowsInfo): string {
  const { languages = [], version } = windows;
  const languageList =
    languages.map((language) => elementList([['LANGUAGE', escapeXml(language)]])).join('') +
    elementList([['DEFAULT', optional(windows.defaultLanguage)]]);
  return elementList([
    ['ARCH', windows.arch === undefined ? undefined : String(windows.arch)],
    ['PRODUCTNAME', optional(windows.productName)],
    ['EDITIONID', optional(windows.edition)],
    ['INSTALLATIONTYPE', optional(windows.installationType)],
    ['PRODUCTTYPE', optional(windows.productType)],
    ['LANGUAGES', languageList === '' ? undefined : languageList],
    [
      'VERSION',
      version &&
        elementList([
          ['MAJOR', String(version.major)],
          ['MINOR', String(version.minor)],
          ['BUILD', String(version.build)],
          ['SPBUILD', String(version.spBuild)],
          ['SPLEVEL', String(version.spLevel)],
        ]),
    ],
    ['SYSTEMROOT', optional(windows.systemRoot)],
  ]);
}

const optional = (text: string | undefined): string | undefined => (text === undefined ? undefined : escapeXml(text));

function elementList(values: readonly (readonly [string, string | undefined])[]): string {
  return values.map(([name, value]) => (value === undefined ? '' : `<${name}>${value}</${name}>`)).join('');
}
