/** Exports typed from configmgr-formats 4 and 5, of shapes that the samples do not have. */
import { ZipFile } from 'yazl';

const step = (type: string, name: string, rest: string, action: string, variables: string): string =>
  `<step type="${type}" name="${name}" description="" ${rest}><action>${action}</action>` +
  `<defaultVarList>${variables}</defaultVarList></step>`;

const usual = 'runIn="WinPEandFullOS" successCodeList="0 3010" retryCount="0" runFromNet="false"';

/** A Run Command Line step as ConfigMgr writes it. */
export function commandStep(name: string, command: string, attributes = usual): string {
  return step(
    'SMS_TaskSequence_RunCommandLineAction',
    name,
    attributes,
    `smsswd.exe /run: ${command}`,
    `<variable name="CommandLine" property="CommandLine" hidden="true">${command}</variable>` +
      '<variable name="SMSTSDisableWow64Redirection" property="DisableWow64Redirection">false</variable>' +
      '<variable name="_SMSTSRunCommandLineAsUser" property="RunAsUser">false</variable>' +
      '<variable name="SuccessCodes" property="SuccessCodes" hidden="true">0 3010</variable>',
  );
}

export const sequenceOf = (inner: string): string => `<sequence version="3.10">${inner}</sequence>`;

/** Steps without any group. */
export const flat = sequenceOf(commandStep('One', 'a.exe') + commandStep('Two', 'b.exe /x &amp;&amp; c'));

export function nested(depth: number, inner = commandStep('Innermost', 'a.exe')): string {
  const open = Array.from({ length: depth }, (_, i) => `<group name="Level ${i + 1}" description="">`).join('');
  return sequenceOf(`${open}${inner}${'</group>'.repeat(depth)}`);
}

export const child = sequenceOf(
  '<group name="Parent" description=""><subtasksequence type="SMS_TaskSequence_SubTasksequence" name="Run the child" ' +
    'description="" successCodeList="0" retryCount="0" runFromNet="false"><action>SubTasksequence.exe</action>' +
    '<defaultVarList><variable name="OSDSubTasksequenceTsName" property="TsName">Child TS</variable>' +
    '<variable name="OSDSubTasksequencePackageID" property="TsPackageID">ABC00042</variable>' +
    '</defaultVarList></subtasksequence></group>',
);

export const mdtInConfigMgr = sequenceOf(
  '<referenceList><reference package="ABC00010" /></referenceList>' +
    step(
      'BDD_Gather',
      'Gather',
      'runIn="WinPEandFullOS" successCodeList="0 3010" retryCount="0" runFromNet="false"',
      'smsswd.exe /run:ABC00010 cscript.exe "%DeployRoot%\\Scripts\\ZTIGather.wsf"',
      '<variable name="GatherLocalOnly" property="GatherLocalOnly">false</variable>' +
        '<variable name="PackageID" property="PackageID" hidden="true">ABC00010</variable>' +
        '<variable name="RulesFile" property="RulesFile">CustomSettings.ini</variable>',
    ),
);

/** Blank as an export leaves them: without content, and not there at all. */
export const secrets = sequenceOf(
  step(
    'SMS_TaskSequence_JoinDomainWorkgroupAction',
    'Join',
    'runIn="FullOS" successCodeList="0" retryCount="0" runFromNet="false"',
    'osdjoin.exe /type:%OSDJoinType%',
    '<variable name="OSDJoinAccount" property="DomainUsername">CONTOSO\\join</variable>' +
      '<variable name="OSDJoinDomainName" property="DomainName">contoso.example</variable>' +
      '<variable name="OSDJoinPassword" property="DomainPassword" />' +
      '<variable name="OSDJoinType" property="Type">0</variable>',
  ) +
    step(
      'SMS_TaskSequence_ConnectNetworkFolderAction',
      'Connect',
      'runIn="WinPEandFullOS" successCodeList="0" retryCount="0" runFromNet="false"',
      'smsnetuse.exe %SMSConnectNetworkFolderPath%',
      '<variable name="SMSConnectNetworkFolderAccount" property="Username">CONTOSO\\reader</variable>' +
        '<variable name="SMSConnectNetworkFolderDriveLetter" property="DriveLetter">Z:</variable>' +
        '<variable name="SMSConnectNetworkFolderPath" property="Path">\\\\server\\share</variable>',
    ) +
    step(
      'SMS_TaskSequence_SetDynamicVariablesAction',
      'Rules',
      'runIn="WinPEandFullOS" successCodeList="0" retryCount="0" runFromNet="false"',
      'OSDSetDynamicVariables.exe',
      '<variable name="OSDSetDynamicVariablesRules" property="Rules">&lt;Rules&gt;&lt;Rule&gt;&lt;condition&gt;' +
        '&lt;expression type="SMS_TaskSequence_ComputerConditionExpression"&gt;&lt;variable name="AssetTag"&gt;A1&lt;/variable&gt;' +
        '&lt;/expression&gt;&lt;/condition&gt;&lt;Variables&gt;&lt;Variable Name="Token" IsSecret="true"&gt;&lt;/Variable&gt;' +
        '&lt;Variable Name="Open" IsSecret="false"&gt;1 &amp;amp; 2&lt;/Variable&gt;&lt;/Variables&gt;&lt;/Rule&gt;&lt;/Rules&gt;\n</variable>',
    ),
);

export const unknown = sequenceOf(
  '<group name="G" description="" contoso="1">' +
    step(
      'Contoso_Action',
      'Thing',
      `${usual} contosoMode="fast"`,
      'contoso.exe /x',
      '<variable name="A" property="A">1</variable><variable name="B" hidden="true" />',
    ) +
    '<step type="SMS_TaskSequence_RebootAction" name="Restart" description="" runIn="WinPEandFullOS" successCodeList="0 -1" ' +
    'retryCount="0" runFromNet="false"><condition><expression type="Contoso_Expression"><variable name="X">1</variable>' +
    '</expression><novelty a="1"><b>2</b></novelty></condition><action>smsboot.exe /target:HD /odd</action><defaultVarList>' +
    '<variable name="SMSRebootMessage" property="Message">Now</variable>' +
    '<variable name="SMSRebootTarget" property="Target" hidden="true">HD</variable>' +
    '<variable name="SMSRebootTimeout" property="MessageTimeout">60</variable>' +
    '<variable name="ContosoExtra" property="ContosoExtra">1</variable></defaultVarList></step>' +
    '<contosoData kind="x"><inner>text</inner></contosoData></group>',
);

/** Every operator and expression of 4.4. */
export const conditions = sequenceOf(
  `<group name="All kinds" description=""><condition><operator type="or"><operator type="and">${expression('Variable', [
    ['Operator', 'greaterEqual'],
    ['Value', '4'],
    ['Variable', 'Count'],
  ])}<operator type="not">${expression('WMI', [
    ['Namespace', 'root\\cimv2'],
    ['Query', "SELECT * FROM Win32_Battery WHERE Name LIKE '%a%'"],
  ])}</operator></operator>${expression('Folder', [
    ['DateTime', '20260101000000.000000+000'],
    ['DateTimeOperator', 'less'],
    ['Path', 'C:\\Temp'],
  ])}${expression('File', [
    ['Path', 'C:\\Windows\\notepad.exe'],
    ['Version', '10.0.1'],
    ['VersionOperator', 'greaterEqual'],
  ])}${expression('Registry', [
    ['Data', '5'],
    ['KeyPath', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso'],
    ['Operator', 'equals'],
    ['Type', 'REG_DWORD'],
    ['Value', 'Ring'],
  ])}${expression('Software', [
    ['Operator', 'ThisVersion'],
    ['ProductCode', '{00000000-0000-0000-0000-000000000001}'],
    ['ProductName', 'Contoso'],
    ['UpgradeCode', '{00000000-0000-0000-0000-000000000002}'],
    ['Version', '1.2'],
  ])}</operator><osConditionGroup type="or"><osExpressionGroup name="All Windows 11 (64-bit)" type="and" ` +
    `PlatformArchKey="x64" PlatformMaxVerKey="10.00.99999.9999" PlatformMinVerKey="10.00.22000.0" PlatformTypeKey="Win NT Client">` +
    `${expression('WMI', [
      ['Namespace', 'root\\cimv2'],
      ['Query', 'SELECT OsLanguage FROM Win32_OperatingSystem'],
    ])}</osExpressionGroup></osConditionGroup></condition>${commandStep('In it', 'a.exe')}</group>`,
);

function expression(type: string, values: readonly (readonly [string, string])[]): string {
  const variables = values.map(([name, value]) => `<variable name="${name}">${value}</variable>`).join('');
  return `<expression type="SMS_TaskSequence_${type}ConditionExpression">${variables}</expression>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');

/** A task sequence object with the properties given; those that a test does not name are missing. */
export function objectXml(id: string, sequence: string, more: Readonly<Record<string, string>> = {}): string {
  const values = {
    __SERVER: 'SECRETSRV',
    __PATH: '\\\\SECRETSRV\\root',
    Name: `Sequence ${id}`,
    PackageID: id,
    ...more,
  };
  const properties = Object.entries({ ...values, Sequence: sequence }).map(
    ([name, value]) => `<PROPERTY NAME="${name}" TYPE="string"><VALUE>${escaped(value)}</VALUE></PROPERTY>`,
  );
  return `<INSTANCE CLASSNAME="SMS_TaskSequencePackage">\r\n${properties.join('\r\n')}</INSTANCE>`;
}

/** A zip of these texts, by the library that writes ours, too; `compress`: deflated. */
export async function zipOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  compress = false,
): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, { compress });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A package of sequences by id, with the least that an export has. */
export function packageOf(sequences: Readonly<Record<string, string>>, compress = false): Promise<Uint8Array> {
  const files = Object.entries(sequences).map(
    ([id, text]) => [`SMS_TaskSequencePackage/${id}/object.xml`, objectXml(id, text)] as const,
  );
  return zipOf(Object.fromEntries(files), compress);
}
