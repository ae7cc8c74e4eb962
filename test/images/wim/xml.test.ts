/** XML data: what it says about images, and edits that touch nothing else. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf16le } from '../../../images/bytes/index.ts';
import { parseXml } from '../../../images/wim/xml-elements.ts';
import { decodeXmlData, imageElement, imageInfo } from '../../../images/wim/xml-read.ts';
import { encodeXmlData, escapeXml, newXml, updatedXml } from '../../../images/wim/xml-write.ts';
import { sampleTree } from './make-wim.ts';

const limit = 1000;
const counts = { dirCount: 11, fileCount: 22, totalBytes: 33, hardLinkBytes: 44 };
const modified = Date.UTC(2025, 5, 1);
const modifiedXml = '<HIGHPART>0x01DBD288</HIGHPART><LOWPART>0x1E1A8000</LOWPART>';

const winpe = `<WIM>\r\n  <TOTALBYTES>5</TOTALBYTES><!-- kept -->
  <IMAGE INDEX="1"><DIRCOUNT>1</DIRCOUNT><FILECOUNT >2</FILECOUNT\t>
    <UNKNOWN a='&lt;1'>  <X/> </UNKNOWN><LASTMODIFICATIONTIME/>
    <WINDOWS><ARCH>9</ARCH><PRODUCTNAME>Microsoft® Windows® &amp; Co</PRODUCTNAME><EDITIONID>WindowsPE</EDITIONID>
      <INSTALLATIONTYPE>WindowsPE</INSTALLATIONTYPE><LANGUAGES><LANGUAGE>en-US</LANGUAGE><LANGUAGE>de-DE</LANGUAGE>
      <DEFAULT>en-US</DEFAULT></LANGUAGES><VERSION><MAJOR>10</MAJOR><MINOR>0</MINOR><BUILD>26100</BUILD>
      <SPBUILD>1742</SPBUILD><SPLEVEL>0</SPLEVEL></VERSION><SYSTEMROOT>WINDOWS</SYSTEMROOT></WINDOWS>
    <NAME>Microsoft Windows PE (amd64)</NAME><FLAGS>9</FLAGS>
    <CREATIONTIME><HIGHPART>0x01DA3C45</HIGHPART><LOWPART>0x7689C000</LOWPART></CREATIONTIME>
  </IMAGE>
  <IMAGE INDEX="2"><NAME><![CDATA[two]]></NAME><DIRCOUNT>7</DIRCOUNT></IMAGE>
</WIM>`;

describe('XML data', () => {
  test('says what an image is', () => {
    expect(imageInfo(1, imageElement(parseXml(winpe, limit), 1))).toMatchObject({
      index: 1,
      name: 'Microsoft Windows PE (amd64)',
      flags: '9',
      arch: 9,
      edition: 'WindowsPE',
      installationType: 'WindowsPE',
      productName: 'Microsoft® Windows® & Co',
      version: { major: 10, minor: 0, build: 26100, spBuild: 1742, spLevel: 0 },
      languages: ['en-US', 'de-DE'],
      defaultLanguage: 'en-US',
      systemRoot: 'WINDOWS',
      created: Date.UTC(2024, 0, 1),
      modified: undefined,
      dirCount: 1,
      fileCount: 2,
      description: undefined,
    });
    expect(imageInfo(2, imageElement(parseXml(winpe, limit), 2)).name).toBe('two');
  });

  test('an update changes counts and time of the touched image and the total, and not one byte more', () => {
    const expected = winpe
      .replace('<TOTALBYTES>5<', '<TOTALBYTES>999<')
      .replace('<DIRCOUNT>1<', '<DIRCOUNT>11<')
      .replace('<FILECOUNT >2<', '<FILECOUNT >22<')
      .replace('<LASTMODIFICATIONTIME/>', `<LASTMODIFICATIONTIME>${modifiedXml}</LASTMODIFICATIONTIME>`)
      .replace(
        '</CREATIONTIME>\n  </IMAGE>',
        '</CREATIONTIME>\n  <TOTALBYTES>33</TOTALBYTES><HARDLINKBYTES>44</HARDLINKBYTES></IMAGE>',
      );
    expect(updatedXml(winpe, new Map([[1, counts]]), 999, modified, limit)).toBe(expected);
  });

  test('what is missing is added: an image, its content, the whole document', () => {
    const updated = updatedXml(
      '<WIM><IMAGE INDEX="1"/></WIM>',
      new Map([
        [1, counts],
        [2, counts],
      ]),
      5,
      modified,
      limit,
    );
    const root = parseXml(updated, limit);
    for (const index of [1, 2]) {
      expect(imageInfo(index, imageElement(root, index))).toMatchObject({ ...counts, modified });
    }
    expect(updatedXml('', new Map(), 5, modified, limit)).toBe('<WIM><TOTALBYTES>5</TOTALBYTES></WIM>');
  });

  test('positions are right whatever the text around them', () => {
    const piece = fc
      .string({ unit: 'grapheme' })
      .filter((s) => /^[^\p{Cs}\p{Cc}\ufffe\uffff]*$/u.test(s))
      .map(escapeXml);
    fc.assert(
      fc.property(piece, piece, piece, (a, b, c) => {
        const build = (value: string): string => `<WIM>${a}\r\n<TOTALBYTES>${value}</TOTALBYTES><N>${c}</N></WIM>`;
        expect(updatedXml(build(b), new Map(), 77, modified, limit)).toBe(build('77'));
      }),
    );
  });

  test('what is written reads back', () => {
    const windows = {
      arch: 12,
      edition: 'WindowsPE',
      installationType: 'WindowsPE',
      productName: 'A & B <c> "ü" 長',
      productType: 'WinNT',
      version: { major: 10, minor: 0, build: 1, spBuild: 2, spLevel: 3 },
      languages: ['en-US', 'de-DE'],
      defaultLanguage: 'de-DE',
      systemRoot: 'WINDOWS',
    };
    const texts = { name: 'n <&> ]]>', description: 'd', flags: '9', displayName: 'x', displayDescription: 'y' };
    const image = { tree: sampleTree(), ...texts, windows };
    const root = parseXml(newXml([{ image, counts }], 123, modified), limit);
    expect(imageInfo(1, imageElement(root, 1))).toEqual({
      index: 1,
      ...texts,
      ...windows,
      ...counts,
      created: modified,
      modified,
    });
  });

  test('is UTF-16LE with a byte order mark; one without, or with NULs behind it, is read too', () => {
    expect([...encodeXmlData('<').subarray(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0]);
    expect(decodeXmlData(encodeXmlData('<WIM/>'))).toEqual({ text: '<WIM/>', hasMark: true });
    expect(decodeXmlData(encodeUtf16le('<WIM/>\0\0'))).toEqual({ text: '<WIM/>', hasMark: false });
    expect(() => decodeXmlData(new Uint8Array(3))).toThrow(expect.objectContaining({ code: 'WIM_XML' }));
  });

  test.each([
    ['an end missing', '<WIM><A></WIM>'],
    ['nothing', ''],
    ['no element', '  '],
    ['an undefined entity', '<WIM>&x;</WIM>'],
    ['a control character', '<WIM>\u0001</WIM>'],
    ['elements too deep', '<a>'.repeat(70)],
  ])('%s is refused by name', (_, xml) => {
    expect(() => parseXml(xml, limit)).toThrow(expect.objectContaining({ code: 'WIM_XML' }));
  });

  test('entities of a document type are not expanded', () => {
    const bomb = '<!DOCTYPE W [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><WIM>&b;</WIM>';
    expect(() => parseXml(bomb, limit)).toThrow(expect.objectContaining({ code: 'WIM_XML' }));
  });

  test('more elements than the limit are a LimitError', () => {
    const xml = `<WIM>${'<a/>'.repeat(50)}</WIM>`;
    expect(parseXml(xml, 51).children).toHaveLength(50);
    expect(() => parseXml(xml, 50)).toThrow(expect.objectContaining({ code: 'WIM_LIMIT' }));
  });

  test('text that XML cannot hold is refused', () => {
    expect(() => escapeXml('a\u0000')).toThrow(expect.objectContaining({ code: 'WIM_ARGUMENT' }));
    expect(() => escapeXml('\ud800')).toThrow(expect.objectContaining({ code: 'WIM_ARGUMENT' }));
  });
});
