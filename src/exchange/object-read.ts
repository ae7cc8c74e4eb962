/** The object.xml of a task sequence as what the model says of it, the sequence itself excepted (configmgr-formats 5.2). */
import { FormatError } from '../core/index.ts';
import type { HighImpact, SoftwareCenter, TaskSequence } from '../model/index.ts';
import { readInstance, type CimInstance, type CimValue } from './cim-xml.ts';
import { exchangeCode } from './codes.ts';
import { entryText } from './derived-lists.ts';
import { objectProperties, usualProgramFlags } from './object-properties.ts';
import { parseXml } from './xml-elements.ts';
import { element } from './xml-write.ts';

export interface SequenceObject {
  readonly properties: Omit<TaskSequence, 'steps' | 'folder' | 'form' | 'extra'>;
  readonly extra: NonNullable<TaskSequence['extra']>;
  /** The XML of section 4. */
  readonly sequence: string;
}

export const programFlags = { customMessage: 0x2, disabled: 0x1000 } as const;

/** Read into the model, or following from it. */
const mapped: ReadonlySet<string> = new Set([
  'PackageID',
  'Name',
  'Description',
  'Category',
  'Sequence',
  'BootImageID',
  'TsEnabled',
  'ProgramFlags',
  'Duration',
  'DependentProgram',
  'CustomProgressMsg',
  'HighImpactTaskSequence',
  'CustomHighImpactSet',
  'CustomHighImpactHeadline',
  'CustomHighImpactWarningTop',
  'CustomHighImpactWarning',
  'CustomHighImpactWarningInstall',
  'EstimatedDownloadSizeMB',
  'EstimatedRunTimeMinutes',
  'RestartRequired',
  'References',
  'ReferencesCount',
  'Type',
]);

/** Throws FormatError (`EXCHANGE_OBJECT` and those of XML), LimitError (`EXCHANGE_LIMIT`). */
export function readSequenceObject(text: string, document: string): SequenceObject {
  const instance = readInstance(parseXml(text, document), document);
  const get = (name: string): string => {
    const value = instance.properties.get(name);
    return typeof value === 'string' ? value : '';
  };
  const [id, sequence] = [get('PackageID'), get('Sequence')];
  if (instance.className !== 'SMS_TaskSequencePackage' || !/^[A-Za-z0-9]{8}$/.test(id) || sequence === '') {
    const message = `${document} is no task sequence: it must be an SMS_TaskSequencePackage with PackageID and Sequence`;
    throw new FormatError(exchangeCode.EXCHANGE_OBJECT, message, {
      details: { document, className: instance.className.slice(0, 60), id: id.slice(0, 60) },
    });
  }
  const flags = number(get('ProgramFlags')) ?? usualProgramFlags;
  const enabled = get('TsEnabled').toUpperCase() !== 'FALSE' && (flags & programFlags.disabled) === 0;
  const runFirst = /^(.+?);;(.+)$/.exec(get('DependentProgram'));
  const properties: SequenceObject['properties'] = {
    id,
    name: get('Name'),
    ...texts({
      description: get('Description'),
      category: get('Category'),
      bootImage: get('BootImageID'),
      progressMessage: get('CustomProgressMsg'),
    }),
    ...(enabled ? {} : { enabled }),
    ...highImpact(get),
    ...softwareCenter(get),
    ...numbers({ maximumRunTime: number(get('Duration')) }),
    ...(runFirst ? { runFirst: { package: runFirst[1] ?? '', program: runFirst[2] ?? '' } } : {}),
  };
  return { properties, extra: objectExtra(instance, flags, get), sequence };
}

type Get = (name: string) => string;

function texts<K extends string>(values: Readonly<Record<K, string>>): { [N in K]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as { [N in K]?: string };
}

/** Numbers that are there; ConfigMgr writes 0 for none. */
function numbers<K extends string>(values: Readonly<Record<K, number | undefined>>): { [N in K]?: number } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== 0);
  return Object.fromEntries(given) as { [N in K]?: number };
}

function number(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function highImpact(get: Get): { highImpact?: HighImpact } {
  const message = ['CustomHighImpactWarningTop', 'CustomHighImpactWarning', 'CustomHighImpactWarningInstall'].map(get);
  const [main = '', bold = '', last = ''] = message;
  const found: HighImpact = {
    ...(get('HighImpactTaskSequence') === '1' ? { marked: true } : {}),
    ...(get('CustomHighImpactSet') === '1' ? { customText: true } : {}),
    ...texts({ headline: get('CustomHighImpactHeadline') }),
    ...(message.some((text) => text !== '') ? { message: [main, bold, last] as const } : {}),
  };
  return Object.keys(found).length === 0 ? {} : { highImpact: found };
}

function softwareCenter(get: Get): { softwareCenter?: SoftwareCenter } {
  const found: SoftwareCenter = {
    ...(get('RestartRequired') === '1' ? { restartRequired: true } : {}),
    ...numbers({
      downloadSize: number(get('EstimatedDownloadSizeMB')),
      runTime: number(get('EstimatedRunTimeMinutes')),
    }),
  };
  return Object.keys(found).length === 0 ? {} : { softwareCenter: found };
}

/** Values that a new object would not have, without those that belong to the exporting site. */
function objectExtra(instance: CimInstance, flags: number, get: Get): Record<string, string | readonly string[]> {
  const plain = flags & ~(programFlags.customMessage | programFlags.disabled);
  const type = get('BootImageID') === '' ? '1' : '2';
  const entries = [...instance.properties].flatMap(([name, value]) => {
    const property = objectProperties.get(name);
    if (value === null || mapped.has(name) || name.startsWith('__') || property?.local === true) return [];
    const kept = plainValue(value);
    return JSON.stringify(kept) === JSON.stringify(property?.usual ?? null) ? [] : [[name, kept] as const];
  });
  return Object.fromEntries([
    ...entries,
    ...(plain === usualProgramFlags ? [] : [['ProgramFlags', String(plain >>> 0)] as const]),
    ...(get('Type') === type || get('Type') === '' ? [] : [['Type', get('Type')] as const]),
  ]);
}

/** Instances become one line each. */
function plainValue(value: CimValue): string | readonly string[] {
  if (typeof value === 'string') return value;
  return value.map((item) => {
    if (typeof item === 'string') return item;
    const pairs = [...item.properties].flatMap(([name, inner]) =>
      typeof inner === 'string' && !name.startsWith('__') ? [[name, inner] as const] : [],
    );
    return entryText(element(item.className, [['class', item.className], ...pairs]));
  });
}
