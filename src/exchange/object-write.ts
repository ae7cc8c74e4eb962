/** The object.xml of a task sequence (configmgr-formats 5.2). Names of servers and sites never go in. */
import type { TaskSequence } from '../model/index.ts';
import { instanceElement, type CimProperty } from './cim-xml.ts';
import { programFlags } from './object-read.ts';
import { objectProperties, usualProgramFlags } from './object-properties.ts';
import type { XmlElement } from './xml-elements.ts';
import { element, writeXml } from './xml-write.ts';

export interface ObjectReference {
  readonly package: string;
  readonly program: string;
  readonly type: 'package' | 'application';
}

export interface ObjectOptions {
  /** The text of section 4. */
  readonly sequence: string;
  /** Id of the boot image, when the sequence names one. */
  readonly bootImageId?: string;
  /** Id of the package that runs first. */
  readonly runFirstId?: string;
  readonly references: readonly ObjectReference[];
}

const packageClass = 'SMS_TaskSequencePackage';
const baseClass = 'SMS_PackageBaseclass';
const newline = '\r\n';

/** The document, without byte order mark and declaration, as ConfigMgr has it. Throws InputError (`EXCHANGE_XML_CHARACTER`). */
export function writeSequenceObject(sequence: TaskSequence, options: ObjectOptions): string {
  const properties = [...modelProperties(sequence, options), ...otherProperties(sequence)].sort(byName);
  const system = systemProperties(packageClass, properties.length, {
    __RELPATH: `${packageClass}.PackageID="${sequence.id}"`,
    __DYNASTY: 'SMS_BaseClass',
    __SUPERCLASS: baseClass,
    __DERIVATION: [baseClass, 'SMS_BaseClass'],
  });
  const root = instanceElement(packageClass, [...system, ...properties], qualifiers());
  return writeXml(root, { indent: '  ', newline, open: () => true });
}

function byName({ name: a }: CimProperty, { name: b }: CimProperty): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function qualifiers(): XmlElement[] {
  const dynamic = [
    ['NAME', 'dynamic'],
    ['PROPAGATED', 'true'],
    ['TYPE', 'boolean'],
    ['TOSUBCLASS', 'false'],
    ['TOINSTANCE', 'true'],
  ] as const;
  const verbs = [
    ['NAME', 'SecurityVerbs'],
    ['TYPE', 'sint32'],
    ['TOSUBCLASS', 'false'],
  ] as const;
  return [
    element('QUALIFIER', dynamic, [element('VALUE', [], 'TRUE')]),
    element('QUALIFIER', verbs, [element('VALUE', [], '-1')]),
  ];
}

type SystemValues = Readonly<Record<string, string | readonly string[]>>;

function systemProperties(className: string, count: number, values: SystemValues): CimProperty[] {
  const property = (name: string, type = 'string', value: CimProperty['value'] = null): CimProperty => ({
    name,
    origin: '___SYSTEM',
    type,
    value: values[name] ?? value,
  });
  return [
    // Names of the exporting server; nobody needs them.
    property('__PATH'),
    property('__NAMESPACE'),
    property('__SERVER'),
    property('__DERIVATION', 'string[]', []),
    property('__PROPERTY_COUNT', 'sint32', String(count)),
    property('__RELPATH'),
    property('__DYNASTY', 'string', className),
    property('__SUPERCLASS'),
    property('__CLASS', 'string', className),
    property('__GENUS', 'sint32', '2'),
  ];
}

function modelProperties(sequence: TaskSequence, options: ObjectOptions): CimProperty[] {
  const { bootImageId = '', runFirstId, references } = options;
  const { highImpact, softwareCenter, runFirst, extra } = sequence;
  const [main = '', bold = '', last = ''] = highImpact?.message ?? [];
  const text = (name: string, value = '', origin = packageClass): CimProperty => ({
    name,
    origin,
    type: 'string',
    value,
  });
  const count = (name: string, value: number | boolean = 0): CimProperty => ({
    name,
    origin: packageClass,
    type: 'uint32',
    value: String(Number(value)),
  });
  const flags =
    (Number(textOf(extra?.['ProgramFlags']) ?? usualProgramFlags) |
      (sequence.progressMessage === undefined ? 0 : programFlags.customMessage) |
      (sequence.enabled === false ? programFlags.disabled : 0)) >>>
    0;
  return [
    { ...text('PackageID', sequence.id, baseClass), key: true },
    text('Name', sequence.name, baseClass),
    text('Description', sequence.description, baseClass),
    text('Category', sequence.category),
    text('Sequence', options.sequence),
    text('BootImageID', bootImageId),
    { name: 'TsEnabled', origin: packageClass, type: 'boolean', value: sequence.enabled === false ? 'FALSE' : 'TRUE' },
    count('ProgramFlags', flags),
    count('Duration', sequence.maximumRunTime),
    text('DependentProgram', runFirst ? `${runFirstId ?? runFirst.package};;${runFirst.program}` : ''),
    text('CustomProgressMsg', sequence.progressMessage),
    count('HighImpactTaskSequence', highImpact?.marked),
    count('CustomHighImpactSet', highImpact?.customText),
    text('CustomHighImpactHeadline', highImpact?.headline),
    text('CustomHighImpactWarningTop', main),
    text('CustomHighImpactWarning', bold),
    text('CustomHighImpactWarningInstall', last),
    count('EstimatedDownloadSizeMB', softwareCenter?.downloadSize),
    count('EstimatedRunTimeMinutes', softwareCenter?.runTime),
    count('RestartRequired', softwareCenter?.restartRequired),
    count('ReferencesCount', references.length),
    referencesProperty(references),
    { ...count('Type'), value: textOf(extra?.['Type']) ?? (bootImageId === '' ? '1' : '2') },
  ];
}

function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function referencesProperty(references: readonly ObjectReference[]): CimProperty {
  const className = 'SMS_TaskSequence_Reference';
  const instances = references.map((reference) => {
    const property = (name: string, type: string, value: string): CimProperty => ({
      name,
      origin: className,
      type,
      value,
    });
    return instanceElement(className, [
      ...systemProperties(className, 3, {}),
      property('Package', 'string', reference.package),
      property('Program', 'string', reference.program),
      property('Type', 'uint32', reference.type === 'application' ? '1' : '0'),
    ]);
  });
  const value = instances.length === 0 ? null : instances;
  return { name: 'References', origin: packageClass, type: `object:${className}[]`, value };
}

/** Properties of the table, with what an import had kept of them; kept ones that it does not have are written as text. */
function otherProperties({ extra = {} }: TaskSequence): CimProperty[] {
  const known = [...objectProperties].map(([name, property]): CimProperty => {
    const { type, base, usual, propagated = false } = property;
    const kept = Object.hasOwn(extra, name) && property.local !== true ? extra[name] : undefined;
    const value = withInstances(type, kept ?? usual);
    return { name, origin: base ? baseClass : packageClass, type, propagated, value };
  });
  const others = Object.entries(extra).flatMap(([name, value]): CimProperty[] => {
    const own = objectProperties.has(name) || name === 'ProgramFlags' || name === 'Type';
    if (own || !/^[A-Za-z]\w*$/.test(name)) return [];
    const type = typeof value === 'string' ? 'string' : 'string[]';
    return [{ name, origin: packageClass, type, value }];
  });
  return [...known, ...others];
}

/** Lines of `plainValue` as instances again. */
function withInstances(type: string, value: string | readonly string[] | null): CimProperty['value'] {
  if (!type.startsWith('object:') || value === null || typeof value === 'string') return value;
  return value.map((line) => {
    const pairs = line
      .split('\t')
      .map((part) => [part.split('=', 1)[0] ?? '', part.slice(part.indexOf('=') + 1)] as const);
    const className = pairs.find(([name]) => name === 'class')?.[1] ?? '';
    const properties = pairs
      .filter(([name]) => name !== 'class')
      .map(([name, text]): CimProperty => ({ name, origin: className, type: 'string', value: text }));
    return instanceElement(className, [...systemProperties(className, properties.length, {}), ...properties]);
  });
}
