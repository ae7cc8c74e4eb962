/** What an export holds and, above all, what it does not. */
import { describe, expect, test } from 'vitest';
import {
  contentFolderName,
  exportFileName,
  exportPackage,
  importPackage,
  writeSequence,
  type ExportObject,
} from '../../../src/exchange/index.ts';
import { readZip } from '../../../src/exchange/zip-read.ts';
import type { Step, TaskSequence } from '../../../src/model/index.ts';
import { parsed } from './canonical.ts';

const command = (name: string, more: Step['with'] = {}): Step => ({
  kind: 'step',
  name,
  type: 'run-command-line',
  with: { CommandLine: 'a.exe', ...more },
});

function sequence(id: string, steps: TaskSequence['steps'], more: Partial<TaskSequence> = {}): TaskSequence {
  return { id, name: `Sequence ${id}`, folder: '', steps, ...more };
}

const objects: readonly ExportObject[] = [
  { kind: 'bootImage', id: 'ABC00003', name: 'PE x64', description: 'Starts' },
  { kind: 'package', id: 'ABC00010', name: 'Tools', version: '2' },
  { kind: 'application', id: 'ScopeId_1/Application_2', name: 'Editor' },
];

async function textsOf(zip: Uint8Array): Promise<Map<string, string>> {
  const files = await readZip(zip);
  return new Map([...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
}

test('IO-01, IO-04, IO-06: the layout of a package of two sequences, with a comment', async () => {
  const sequences = [
    sequence('ABC00001', [command('A', { PackageID: 'tools' })], { bootImage: 'pe X64' }),
    sequence('ABC00002', []),
  ];
  const { zip, problems, references } = await exportPackage({
    sequences,
    objects,
    comment: 'for <Bob> & co',
    usmtPackage: 'ABC00099',
  });
  expect(problems).toEqual([]);
  expect(references.map(({ id }) => id)).toEqual(['ABC00003', 'ABC00010']);
  const files = await textsOf(zip);
  const psmdcp = [...files.keys()].find((name) => name.endsWith('.psmdcp')) ?? '';
  expect(psmdcp).toMatch(/^package\/services\/metadata\/core-properties\/[0-9a-f]{32}\.psmdcp$/);
  expect([...files.keys()].sort()).toEqual(
    [
      'Manifest.xml',
      'SMS_TaskSequencePackage/ABC00001/AppReferencesInfo.xml',
      'SMS_TaskSequencePackage/ABC00001/ReferencesInfo.xml',
      'SMS_TaskSequencePackage/ABC00001/object.xml',
      'SMS_TaskSequencePackage/ABC00002/AppReferencesInfo.xml',
      'SMS_TaskSequencePackage/ABC00002/ReferencesInfo.xml',
      'SMS_TaskSequencePackage/ABC00002/object.xml',
      'SMS_TaskSequencePackage/USERSTATE_MIGRATION_PACKAGE.xml',
      '[Content_Types].xml',
      '_rels/.rels',
      psmdcp,
    ].sort(),
  );
  const bytes = await readZip(zip);
  for (const [name, content] of bytes) {
    const mark = [...content.subarray(0, 3)].join() === '239,187,191';
    expect(mark, `${name} has a byte order mark`).toBe(!name.endsWith('/object.xml'));
  }
  const relationships = parsed((files.get('_rels/.rels') ?? '').replace(/^\uFEFF/, ''));
  expect(relationships.children.map(({ attributes }) => new Map(attributes).get('Target'))).toEqual([
    '/SMS_TaskSequencePackage/ABC00001/object.xml',
    '/SMS_TaskSequencePackage/ABC00002/object.xml',
    `/${psmdcp}`,
  ]);
  expect(new Map(relationships.children[0]?.attributes).get('Id')).toMatch(/^SMS_TaskSequencePackage-[0-9A-F]{64}$/);
  const object = files.get('SMS_TaskSequencePackage/ABC00001/object.xml') ?? '';
  expect(object).toMatch(/NAME="BootImageID"[^]*?<VALUE>ABC00003<\/VALUE>/);
  // A name in the site, an id in the export: step, command line and list of references.
  expect(object).toContain('smsswd.exe /run:ABC00010 a.exe');
  expect(object).toContain('&lt;referenceList&gt;&lt;reference package="ABC00010" /&gt;&lt;/referenceList&gt;');
  expect(object.match(/INSTANCE CLASSNAME="SMS_TaskSequence_Reference"/g)).toHaveLength(2);
  const again = await importPackage(zip);
  expect(again.comment).toBe('for <Bob> & co');
  expect(again.usmtPackage).toBe('ABC00099');
  expect(again.sequences[0]?.references).toEqual([
    { id: 'ABC00003', kind: 'bootImage', name: 'PE x64', description: 'Starts' },
    { id: 'ABC00010', kind: 'package', name: 'Tools', version: '2' },
  ]);
});

test('a step that says nothing gets the attributes that ConfigMgr always writes; one of MDT gets none', () => {
  const step: Step = { kind: 'step', name: 'Restart', type: 'restart-computer', with: { Target: 'WinPE' } };
  const text = writeSequence(sequence('ABC00001', [step, { kind: 'group', name: 'G', steps: [] }]));
  expect(text).toBe(
    '<sequence version="3.10"><step type="SMS_TaskSequence_RebootAction" name="Restart" description="" ' +
      'runIn="WinPEandFullOS" successCodeList="0" retryCount="0" runFromNet="false">' +
      '<action>smsboot.exe /target:WinPE</action><defaultVarList><variable name="SMSRebootTarget" property="Target" ' +
      'hidden="true">WinPE</variable></defaultVarList></step><group name="G" description="" /></sequence>',
  );
  const mdt = writeSequence({ ...sequence('', [step]), form: 'mdt' });
  expect(mdt).toContain('<step type="SMS_TaskSequence_RebootAction" name="Restart">');
});

test('a name that XML cannot have is refused', () => {
  const bad: Step = { kind: 'step', name: 'N', type: 'unknown', with: {}, extra: { attributes: { 'a b': '1' } } };
  expect(() => writeSequence(sequence('ABC00001', [bad]))).toThrow(
    expect.objectContaining({ code: 'EXCHANGE_XML_CHARACTER' }),
  );
});

test('equal input gives equal bytes, wherever the clock stands', async () => {
  const request = { sequences: [sequence('ABC00001', [command('A')])], objects };
  const zone = process.env['TZ'];
  const first = await exportPackage(request);
  process.env['TZ'] = 'Asia/Kathmandu';
  const second = await exportPackage(request);
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
  expect(Buffer.compare(first.zip, second.zip)).toBe(0);
});

describe('IO-10: no secret leaves', () => {
  const secret = 'Pa55word-of-the-test';
  const sealed = { sealed: `SEALED-${secret}` };
  const steps: Step[] = [
    {
      kind: 'step',
      name: 'Join sealed',
      type: 'join-domain-or-workgroup',
      with: { DomainPassword: sealed, Type: '0' },
    },
    { kind: 'step', name: 'Join plain', type: 'join-domain-or-workgroup', with: { DomainPassword: secret } },
    {
      kind: 'step',
      name: 'Set',
      type: 'set-task-sequence-variable',
      with: { VariableName: 'OSDJoinPassword', VariableValue: secret },
    },
    {
      kind: 'step',
      name: 'Set sealed',
      type: 'set-task-sequence-variable',
      with: { VariableName: 'Anything', VariableValue: sealed },
    },
    {
      kind: 'step',
      name: 'Rules',
      type: 'set-dynamic-variables',
      with: {
        Rules: {
          rules: [
            {
              variables: [
                { name: 'A', value: secret, secret: true },
                { name: 'B', value: sealed },
                { name: 'UserPassword', value: secret },
                { name: 'C', value: 'open' },
              ],
            },
          ],
        },
      },
    },
    {
      kind: 'step',
      name: 'Unknown',
      type: 'unknown',
      with: {},
      extra: { type: 'X', action: 'x.exe', variables: [{ name: 'OSDLocalAdminPassword', value: secret }] },
    },
  ];

  test('not in any document of the package; each is listed', async () => {
    const { zip, secrets } = await exportPackage({ sequences: [sequence('ABC00001', steps)], objects: [] });
    for (const [name, text] of await textsOf(zip)) expect(text.includes(secret), name).toBe(false);
    expect(Buffer.from(zip).includes(secret)).toBe(false);
    const places = secrets.map(({ step, property }) => `${step.join('/')}: ${property}`).sort();
    expect(places).toEqual([
      'Join plain: DomainPassword',
      'Join sealed: DomainPassword',
      'Rules: Rules, rule 1, A',
      'Rules: Rules, rule 1, B',
      'Rules: Rules, rule 1, UserPassword',
      'Set sealed: VariableValue',
      'Set: VariableValue',
      'Unknown: OSDLocalAdminPassword',
    ]);
    const text = (await textsOf(zip)).get('SMS_TaskSequencePackage/ABC00001/object.xml');
    expect(text).toContain('IsSecret="false"&amp;gt;open');
  });

  test('text that is nothing but a variable tells nothing and stays', async () => {
    const step: Step = {
      kind: 'step',
      name: 'Join',
      type: 'join-domain-or-workgroup',
      with: { DomainPassword: '%JoinPassword%' },
    };
    const { zip, secrets } = await exportPackage({ sequences: [sequence('ABC00001', [step])], objects: [] });
    expect((await textsOf(zip)).get('SMS_TaskSequencePackage/ABC00001/object.xml')).toContain('%JoinPassword%');
    expect(secrets).toEqual([]);
  });
});

test('IO-05, IO-07: names of the file and of the folder beside it', () => {
  expect(['a', 'a.zip', 'A.ZIP', 'a.b'].map(exportFileName)).toEqual(['a.zip', 'a.zip', 'A.ZIP', 'a.b.zip']);
  expect(['a.zip', 'A.ZIP', 'a.b.zip'].map(contentFolderName)).toEqual(['a_files', 'A_files', 'a.b_files']);
});

describe('dependencies and content', () => {
  const content = [
    { id: 'ABC00010', path: 'ABC00010/setup.exe', size: 3 },
    { id: 'ABC00010', path: 'ABC00010/sub/readme.txt', size: 5 },
  ];
  const request = {
    sequences: [sequence('ABC00001', [command('A', { PackageID: 'Tools' })])],
    objects,
    dependencies: [{ kind: 'package', id: 'ABC00010', name: 'Tools', data: { programs: ['x'] } } as const],
    content,
  };

  test('IO-02, IO-03: they come back, and the report says that ConfigMgr may not take them', async () => {
    const { zip, problems } = await exportPackage(request);
    expect(problems.map(({ code }) => code)).toEqual(['EXCHANGE_LAYOUT']);
    const again = await importPackage(zip, { contentFiles: content });
    expect(again.objects).toEqual([
      { kind: 'package', id: 'ABC00010', data: { name: 'Tools', data: { programs: ['x'] } } },
    ]);
    expect(again.content).toEqual(content);
  });

  test('IO-08: without the folder, without a file, or with another size the import stops', async () => {
    const { zip } = await exportPackage(request);
    const code = 'EXCHANGE_CONTENT_MISSING';
    await expect(importPackage(zip)).rejects.toMatchObject({ code });
    await expect(importPackage(zip, { contentFiles: content.slice(1) })).rejects.toMatchObject({ code });
    const [first, second] = content;
    const changed = [{ ...first, size: 4 }, second] as typeof content;
    await expect(importPackage(zip, { contentFiles: changed })).rejects.toMatchObject({ code });
  });

  test('a path that leaves its folder is refused', async () => {
    for (const path of ['../x', '/x', 'a\\b', 'a/../b', 'C:x', 'a//b']) {
      const bad = exportPackage({ ...request, content: [{ id: 'ABC00010', path, size: 1 }] });
      await expect(bad, path).rejects.toMatchObject({ code: 'EXCHANGE_ARGUMENT' });
    }
  });
});

test('a reference that the site does not have is exported as it stands, and said', async () => {
  const { problems, references } = await exportPackage({
    sequences: [sequence('ABC00001', [command('A', { PackageID: 'XYZ00007' })])],
    objects: [],
  });
  expect(problems).toMatchObject([{ code: 'EXCHANGE_REFERENCE' }]);
  expect(references.map(({ id }) => id)).toEqual(['XYZ00007']);
});

test('ids that are none, two sequences of one id, nothing to export, and characters that XML cannot hold', async () => {
  const one = sequence('ABC00001', []);
  for (const sequences of [[], [sequence('', [])], [sequence('../x', [])], [one, { ...one, id: 'abc00001' }]]) {
    await expect(exportPackage({ sequences, objects: [] })).rejects.toMatchObject({ code: 'EXCHANGE_ARGUMENT' });
  }
  const bell = sequence('ABC00001', [command('A\u0007')]);
  const code = 'EXCHANGE_XML_CHARACTER';
  await expect(exportPackage({ sequences: [bell], objects: [] })).rejects.toMatchObject({ code });
});
