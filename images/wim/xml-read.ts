/** What the XML data says about the images (D.6). A number that is none reads as absent: the XML only describes. */
import { FormatError } from '../../src/core/index.ts';
import { decodeUtf16le, fromFileTime, type Instant } from '../bytes/index.ts';
import { wimCode } from './codes.ts';
import type { WimImageInfo, WimVersion } from './types.ts';
import { childNamed, textAt, type XmlElement } from './xml-elements.ts';

/** The text of XML data, without its byte order mark and without NULs behind it. Throws FormatError (`WIM_XML`). */
export function decodeXmlData(bytes: Uint8Array): { readonly text: string; readonly hasMark: boolean } {
  if (bytes.length % 2 !== 0) {
    throw new FormatError(
      wimCode.WIM_XML,
      `the XML data is ${bytes.length} bytes long, must be UTF-16: an even number`,
      {
        details: { structure: 'XML', actual: bytes.length },
      },
    );
  }
  // WIMGAPI wants the mark [W]; files without one are read all the same.
  const hasMark = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = decodeUtf16le(hasMark ? bytes.subarray(2) : bytes);
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return { text: text.slice(0, end), hasMark };
}

/** The IMAGE element with this INDEX. */
export function imageElement(root: XmlElement | undefined, index: number): XmlElement | undefined {
  return root?.children.find((child) => child.name === 'IMAGE' && number(child.attributes['INDEX']) === index);
}

/** All IMAGE elements by their INDEX; of two with one INDEX the first, as `imageElement` finds it. */
export function imageElements(root: XmlElement | undefined): ReadonlyMap<number, XmlElement> {
  const found = new Map<number, XmlElement>();
  for (const child of root?.children ?? []) {
    const index = child.name === 'IMAGE' ? number(child.attributes['INDEX']) : undefined;
    if (index !== undefined && !found.has(index)) found.set(index, child);
  }
  return found;
}

/** The INDEX values of all IMAGE elements, in the order of the text. */
export function imageIndexes(root: XmlElement | undefined): number[] {
  const images = root?.children.filter((child) => child.name === 'IMAGE') ?? [];
  return images.map((image) => number(image.attributes['INDEX']) ?? 0);
}

/** The description of one image; `element` is undefined when the XML does not have it. */
export function imageInfo(index: number, element: XmlElement | undefined): WimImageInfo {
  const windows = childNamed(element, 'WINDOWS');
  const languages = childNamed(windows, 'LANGUAGES');
  return {
    index,
    name: textAt(element, 'NAME'),
    description: textAt(element, 'DESCRIPTION'),
    flags: textAt(element, 'FLAGS'),
    displayName: textAt(element, 'DISPLAYNAME'),
    displayDescription: textAt(element, 'DISPLAYDESCRIPTION'),
    dirCount: number(textAt(element, 'DIRCOUNT')),
    fileCount: number(textAt(element, 'FILECOUNT')),
    totalBytes: number(textAt(element, 'TOTALBYTES')),
    hardLinkBytes: number(textAt(element, 'HARDLINKBYTES')),
    arch: number(textAt(windows, 'ARCH')),
    edition: textAt(windows, 'EDITIONID'),
    installationType: textAt(windows, 'INSTALLATIONTYPE'),
    productName: textAt(windows, 'PRODUCTNAME'),
    productType: textAt(windows, 'PRODUCTTYPE'),
    version: version(childNamed(windows, 'VERSION')),
    languages: (languages?.children ?? []).filter((c) => c.name === 'LANGUAGE').map((c) => c.text.trim()),
    defaultLanguage: textAt(languages, 'DEFAULT'),
    systemRoot: textAt(windows, 'SYSTEMROOT'),
    created: time(childNamed(element, 'CREATIONTIME')),
    modified: time(childNamed(element, 'LASTMODIFICATIONTIME')),
  };
}

function version(element: XmlElement | undefined): WimVersion | undefined {
  const [major, minor] = [number(textAt(element, 'MAJOR')), number(textAt(element, 'MINOR'))];
  if (major === undefined || minor === undefined) return undefined;
  const part = (name: string): number => number(textAt(element, name)) ?? 0;
  return { major, minor, build: part('BUILD'), spBuild: part('SPBUILD'), spLevel: part('SPLEVEL') };
}

/** FILETIME in two hexadecimal halves. */
function time(element: XmlElement | undefined): Instant | undefined {
  const [high, low] = [number(textAt(element, 'HIGHPART')), number(textAt(element, 'LOWPART'))];
  if (high === undefined || low === undefined || high > 0xffffffff || low > 0xffffffff) return undefined;
  return fromFileTime((BigInt(high) << 32n) | BigInt(low));
}

function number(text: string | undefined): number | undefined {
  if (text === undefined || !/^(0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text)) return undefined;
  return Number(text);
}
