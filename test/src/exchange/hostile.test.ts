/** Inputs made to hurt: each gets a named error, quickly. */
import { describe, expect, test } from 'vitest';
import { importMdt, importPackage, readSequence, writeSequence } from '../../../src/exchange/index.ts';
import { readZip } from '../../../src/exchange/zip-read.ts';
import * as made from './hand-made.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('XML', () => {
  const bomb =
    '<!DOCTYPE sequence [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>' +
    '<sequence version="3.10"><group name="&c;" description="" /></sequence>';
  const external = '<!DOCTYPE sequence SYSTEM "file:///etc/passwd"><sequence version="3.10" />';
  const operators = '<operator type="and">'.repeat(66) + '</operator>'.repeat(66);

  test.each([
    ['an entity bomb', bomb, 'EXCHANGE_XML_DOCTYPE'],
    ['an external document type', external, 'EXCHANGE_XML_DOCTYPE'],
    ['an entity that nobody declared', made.sequenceOf('<group name="&x;" description="" />'), 'EXCHANGE_XML'],
    ['text that is cut off', made.flat.slice(0, 200), 'EXCHANGE_XML'],
    ['no element', '', 'EXCHANGE_XML'],
    ['plain text', 'hello', 'EXCHANGE_XML'],
    ['another document', '<unattend />', 'EXCHANGE_SEQUENCE'],
    ['text between elements', made.sequenceOf('hello'), 'EXCHANGE_SEQUENCE'],
    ['version 4.00', made.flat.replace('3.10', '4.00'), 'EXCHANGE_SEQUENCE_VERSION'],
    ['no version', '<sequence />', 'EXCHANGE_SEQUENCE_VERSION'],
    ['groups 65 deep', made.nested(65), 'EXCHANGE_LIMIT'],
    ['groups 5,000 deep', made.nested(5000), 'EXCHANGE_LIMIT'],
    [
      'operators 66 deep',
      made.sequenceOf(`<group name="G" description=""><condition>${operators}</condition></group>`),
      'EXCHANGE_LIMIT',
    ],
    [
      'a step of 100,000 variables of one name',
      made.sequenceOf(
        '<step type="SMS_TaskSequence_RebootAction" name="S" description=""><action /><defaultVarList>' +
          `${'<variable name="A" />'.repeat(100_000)}</defaultVarList></step>`,
      ),
      'EXCHANGE_LIMIT',
    ],
    ['60,000 groups', made.sequenceOf('<group name="G" description="" />'.repeat(60_000)), 'EXCHANGE_LIMIT'],
    ['600,000 elements', made.sequenceOf('<a/>'.repeat(600_000)), 'EXCHANGE_LIMIT'],
  ])('%s', (_, text, code) => {
    expect(() => readSequence(text, 'hostile')).toThrow(expect.objectContaining({ code }));
  });

  test('an attribute named __proto__ is an attribute and nothing else', () => {
    const content = readSequence(made.sequenceOf('<group name="G" description="" __proto__="x" />'), 'hostile');
    expect(Object.entries(content.steps[0]?.extra?.attributes ?? {})).toEqual([['__proto__', 'x']]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('a list of a billion partitions is data, not memory', () => {
    const step = (count: string): string =>
      made.sequenceOf(
        '<step type="SMS_TaskSequence_PartitionDiskAction" name="P" description=""><action>osddiskpart.exe</action>' +
          `<defaultVarList><variable name="OSDPartitions" property="Partitions" hidden="true">${count}</variable>` +
          '</defaultVarList></step>',
      );
    for (const count of ['1000000000', '-1', '1e9', 'x']) {
      const content = readSequence(step(count), 'hostile');
      expect(content.steps[0]?.extra?.variables).toEqual([
        { name: 'OSDPartitions', property: 'Partitions', hidden: true, value: count },
      ]);
    }
  });

  test('long lists of references and of steps that refer take no time to speak of', () => {
    const step = (i: number): string =>
      made
        .commandStep(`Step ${i}`, 'a.exe')
        .replace('/run:', `/run:P${i}`)
        .replace(
          '<defaultVarList>',
          `<defaultVarList><variable name="PackageID" property="PackageID" hidden="true">P${i}</variable>`,
        );
    const count = 5000;
    const numbers = Array.from({ length: count }, (_, i) => i);
    const list = numbers.toReversed().map((i) => `<reference package="P${i}" />`);
    const text = made.sequenceOf(`<referenceList>${list.join('')}</referenceList>${numbers.map(step).join('')}`);
    const content = readSequence(text, 'hostile');
    expect(content.extra['Sequence/referenceList']).toHaveLength(count);
    const written = writeSequence({ id: '', name: '', folder: '', steps: content.steps, extra: content.extra });
    expect(written.slice(0, 100)).toBe(text.slice(0, 100));
  });

  test('bytes that are no text in the encoding that they claim', () => {
    const broken = Uint8Array.of(...bytes('<sequence version="3.00" name="'), 0xff, 0xfe, ...bytes('" />'));
    const unknown = bytes('<?xml version="1.0" encoding="ebcdic-us"?><sequence version="3.00" />');
    for (const content of [broken, unknown]) {
      expect(() => importMdt([{ path: 'ts.xml', bytes: content }])).toThrow(
        expect.objectContaining({ code: 'EXCHANGE_XML' }),
      );
    }
  });
});

/** A zip with the name of its only entry changed in place, in both headers. */
async function renamed(from: string, to: string): Promise<Uint8Array> {
  expect(to).toHaveLength(from.length);
  const zip = Buffer.from(await made.zipOf({ [from]: 'x' }));
  for (let at = zip.indexOf(from); at >= 0; at = zip.indexOf(from, at + 1)) zip.write(to, at, 'latin1');
  return zip;
}

describe('zips', () => {
  test.each([
    ['aaaa', '../a'],
    ['aaaaaa', 'a/../b'],
    ['aaaa', '/etc'],
    ['aaaa', 'C:/a'],
    ['aaaa', 'a\\bc'],
    ['aaaa', 'a//b'],
    ['aaaa', './ab'],
    ['aaaa', 'a\0bc'],
  ])('the entry %j, renamed %j', async (from, to) => {
    await expect(readZip(await renamed(from, to))).rejects.toMatchObject({ code: 'EXCHANGE_ZIP_NAME' });
  });

  test('two entries of one name, case apart', async () => {
    const zip = await made.zipOf({ 'a.xml': 'x', 'A.XML': 'y' });
    await expect(readZip(zip)).rejects.toMatchObject({ code: 'EXCHANGE_ZIP_NAME' });
  });

  test('an encrypted entry, and one of another method', async () => {
    const zip = Buffer.from(await made.zipOf({ 'a.xml': 'x' }));
    const central = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const encrypted = Buffer.from(zip);
    encrypted[central + 8] = 1;
    const lzma = Buffer.from(zip);
    lzma[central + 10] = 14;
    for (const bad of [encrypted, lzma]) {
      await expect(readZip(bad)).rejects.toMatchObject({ code: 'EXCHANGE_ZIP_METHOD' });
    }
  });

  test('a bomb: by ratio, by size, by number of entries', async () => {
    const zeros = await made.zipOf({ 'a.xml': new Uint8Array(8 * 1024 * 1024) }, true);
    expect(zeros.length).toBeLessThan(20_000);
    await expect(readZip(zeros)).rejects.toMatchObject({ code: 'EXCHANGE_LIMIT' });
    const two = await made.zipOf({ a: 'xxxx', b: 'yyyy' });
    const limits = { entries: 10, bytes: 100, ratio: 10 };
    await expect(readZip(two, { ...limits, entries: 1 })).rejects.toMatchObject({ code: 'EXCHANGE_LIMIT' });
    await expect(readZip(two, { ...limits, bytes: 7 })).rejects.toMatchObject({ code: 'EXCHANGE_LIMIT' });
    expect((await readZip(two, { ...limits, bytes: 8 })).size).toBe(2);
  });

  test('content whose checksum differs, and a zip cut at each tenth byte', async () => {
    const zip = Buffer.from(await made.packageOf({ ABC00001: made.flat }));
    const changed = Buffer.from(zip);
    const at = changed.indexOf('Innermost') < 0 ? changed.indexOf('One') : 0;
    changed.write('Two', at);
    await expect(readZip(changed)).rejects.toMatchObject({ code: 'EXCHANGE_ZIP' });
    for (let length = 0; length < zip.length; length += 10) {
      await expect(importPackage(zip.subarray(0, length))).rejects.toMatchObject({ code: 'EXCHANGE_ZIP' });
    }
  });

  test('bytes that are no zip', async () => {
    for (const content of ['', 'hello', 'PK\u0003\u0004']) {
      await expect(importPackage(bytes(content))).rejects.toMatchObject({ code: 'EXCHANGE_ZIP' });
    }
  });
});

describe('packages', () => {
  test('a zip without a task sequence, and objects that are something else', async () => {
    const none = await made.zipOf({ 'readme.txt': 'x' });
    await expect(importPackage(none)).rejects.toMatchObject({ code: 'EXCHANGE_PACKAGE' });
    const path = 'SMS_TaskSequencePackage/ABC00001/object.xml';
    for (const content of [
      '<a />',
      '<INSTANCE CLASSNAME="SMS_Package" />',
      made.objectXml('ABC00002', made.flat),
      made.objectXml('ABC00001', ''),
    ]) {
      const zip = await made.zipOf({ [path]: content });
      await expect(importPackage(zip), content.slice(0, 60)).rejects.toMatchObject({ code: 'EXCHANGE_OBJECT' });
    }
    const bomb = await made.zipOf({ [path]: `<!DOCTYPE a [<!ENTITY b "c">]>${made.objectXml('ABC00001', made.flat)}` });
    await expect(importPackage(bomb)).rejects.toMatchObject({ code: 'EXCHANGE_XML_DOCTYPE' });
    const inner = await made.packageOf({ ABC00001: '<!DOCTYPE a [<!ENTITY b "c">]><sequence version="3.10" />' });
    await expect(importPackage(inner)).rejects.toMatchObject({ code: 'EXCHANGE_XML_DOCTYPE' });
  });
});
