/** Deployment shares of MDT: a ts.xml alone, and a Control folder, typed by hand. */
import { expect, test } from 'vitest';
import { importMdt, readSequence, writeSequence } from '../../../src/exchange/index.ts';
import { canonical } from './canonical.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const tsXml = `<?xml version="1.0"?>
<sequence version="3.00" name="Template name" description="From a template">
  <!-- a comment -->
  <group expand="true" name="Install" description="" disable="false" continueOnError="false">
    <action />
    <step type="BDD_InstallOS" name="Install Operating System" description="" disable="false" continueOnError="false" runIn="WinPEandFullOS" successCodeList="0 3010">
      <defaultVarList>
        <variable name="OSGUID" property="OSGUID">{11111111-1111-1111-1111-111111111111}</variable>
        <variable name="DestinationDisk" property="DestinationDisk">0</variable>
      </defaultVarList>
      <action>cscript.exe "%SCRIPTROOT%\\LTIApply.wsf"</action>
    </step>
    <step name="Next Phase" disable="false" continueOnError="true" successCodeList="0 3010" description="" startIn="%SCRIPTROOT%">
      <action>cscript.exe "%SCRIPTROOT%\\ZTINextPhase.wsf"</action>
      <defaultVarList>
        <variable name="RunAsUser" property="RunAsUser">false</variable>
        <variable name="SMSTSRunCommandLineUserName" property="SMSTSRunCommandLineUserName" />
        <variable name="SMSTSRunCommandLineUserPassword" property="SMSTSRunCommandLineUserPassword">Passw0rd!</variable>
        <variable name="LoadProfile" property="LoadProfile">false</variable>
      </defaultVarList>
      <condition>
        <expression type="SMS_TaskSequence_VariableConditionExpression">
          <variable name="Variable">Phase</variable>
          <variable name="Operator">equals</variable>
          <variable name="Value">POSTINSTALL</variable>
        </expression>
      </condition>
    </step>
  </group>
  <globalVarList>
    <variable name="OSGUID" property="OSGUID">{11111111-1111-1111-1111-111111111111}</variable>
    <variable name="DestinationDisk" property="DestinationDisk">0</variable>
    <variable name="OSGUID" property="OSGUID">{11111111-1111-1111-1111-111111111111}</variable>
  </globalVarList>
</sequence>
`;

const control = [
  { path: 'Control/WIN11/ts.xml', bytes: bytes(tsXml) },
  {
    path: 'Control/TaskSequences.xml',
    bytes: bytes(
      '<tss><ts guid="{9}" enable="False"><Name>Windows 11 for all</Name><ID>win11</ID><Version>1.0</Version></ts></tss>',
    ),
  },
  {
    path: 'Control/OperatingSystems.xml',
    bytes: bytes(
      '<oss><os guid="{11111111-1111-1111-1111-111111111111}" enable="True"><Name>Windows 11 Enterprise</Name></os></oss>',
    ),
  },
  { path: 'Control/Applications.xml', bytes: bytes('<applications />') },
  { path: 'Control/WIN11/Unattend.xml', bytes: bytes('<unattend />') },
];

test('IO-18: a ts.xml alone goes in and out again', () => {
  const { sequences } = importMdt([{ path: 'any-name.xml', bytes: bytes(tsXml) }]);
  const [found] = sequences;
  expect(found?.sequence).toMatchObject({ name: 'Template name', description: 'From a template', form: 'mdt', id: '' });
  expect([found?.groups, found?.steps]).toEqual([1, 2]);
  const written = writeSequence(found?.sequence as NonNullable<typeof found>['sequence']);
  // The password, and nothing else, is gone.
  expect(canonical(written)).toEqual(canonical(tsXml.replace('Passw0rd!', '')));
  expect(readSequence(written, 'written').form).toBe('mdt');
});

test('a password in plain text is pointed out, to be sealed by the caller', () => {
  const { sequences, problems } = importMdt([{ path: 'ts.xml', bytes: bytes(tsXml) }]);
  expect(sequences[0]?.plainSecrets).toMatchObject([{ step: ['Install', 'Next Phase'], kind: 'password' }]);
  expect(problems.map(({ code }) => code)).toContain('EXCHANGE_SECRET_PLAIN');
  expect(JSON.stringify(problems)).not.toContain('Passw0rd!');
});

test('a Control folder gives names: of the sequence, and of what it refers to', () => {
  const { sequences } = importMdt(control);
  expect(sequences).toHaveLength(1);
  expect(sequences[0]?.sourceId).toBe('WIN11');
  expect(sequences[0]?.sequence).toMatchObject({ name: 'Windows 11 for all', enabled: false });
  expect(sequences[0]?.references).toEqual([
    { id: '{11111111-1111-1111-1111-111111111111}', kind: 'operatingSystem', name: 'Windows 11 Enterprise' },
  ]);
  // The file's own name is not lost.
  expect(writeSequence(sequences[0]?.sequence as (typeof sequences)[0]['sequence'])).toContain('name="Template name"');
});

test('a change of the image is in the global list, too', () => {
  const { sequences } = importMdt(control);
  const text = writeSequence(sequences[0]?.sequence as (typeof sequences)[0]['sequence'], {
    referenceId: () => '{22222222-2222-2222-2222-222222222222}',
  });
  const lines = canonical(text).filter((line) => line.includes('{22222222'));
  expect(lines.map((line) => line.search(/\S/))).toEqual([4, 8]);
});

test('a folder without ts.xml is refused by name', () => {
  expect(() => importMdt(control.slice(1))).toThrow(expect.objectContaining({ code: 'EXCHANGE_PACKAGE' }));
  expect(() => importMdt([])).toThrow(expect.objectContaining({ code: 'EXCHANGE_PACKAGE' }));
});

test.each(['utf-16le', 'windows-1252'] as const)('a ts.xml in %s', (encoding) => {
  const text = tsXml
    .replace('Template name', 'Büro')
    .replace(
      '<?xml version="1.0"?>',
      `<?xml version="1.0" encoding="${encoding === 'utf-16le' ? 'utf-16' : encoding}"?>`,
    );
  const content = encoding === 'utf-16le' ? Buffer.from(`\uFEFF${text}`, 'utf16le') : Buffer.from(text, 'latin1');
  expect(importMdt([{ path: 'ts.xml', bytes: content }]).sequences[0]?.sequence.name).toBe('Büro');
});
