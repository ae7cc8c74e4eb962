/** ReferencesInfo.xml and AppReferencesInfo.xml: names and kinds of the objects that a sequence refers to (configmgr-formats 5.1, 5.2). */
import type { ObjectKind } from '../model/index.ts';
import { instanceElement, readInstance, type CimInstance, type CimProperty } from './cim-xml.ts';
import { childrenNamed, parseXml } from './xml-elements.ts';
import { element, writeXml } from './xml-write.ts';

export interface ImportedReference {
  /** Package id; of applications the model name. */
  readonly id: string;
  readonly name?: string;
  /** Undefined: a package type that no kind of a site has. */
  readonly kind?: ObjectKind;
  readonly program?: string;
  readonly description?: string;
  readonly version?: string;
}

const kindOfType: ReadonlyMap<string, ObjectKind> = new Map([
  ['0', 'package'],
  ['3', 'driverPackage'],
  ['4', 'taskSequence'],
  ['5', 'softwareUpdateSet'],
  ['257', 'operatingSystem'],
  ['258', 'bootImage'],
  ['259', 'upgradePackage'],
  ['512', 'application'],
]);

const referencesClass = 'SMS_TaskSequenceReferencesInfo';
const applicationsClass = 'SMS_TaskSequenceAppReferencesInfo';

/** The references of both documents, each id once. Throws FormatError and LimitError as `parseXml`. */
export function readReferencesInfo(text: string, document: string): ImportedReference[] {
  const strings = childrenNamed(parseXml(text, document), 'string');
  return strings.flatMap((entry) => {
    const instance = readInstance(parseXml(entry.text, document), document);
    const reference = instance.className === applicationsClass ? application(instance) : packageOf(instance);
    return reference.id === '' ? [] : [reference];
  });
}

function packageOf(instance: CimInstance): ImportedReference {
  const get = getter(instance);
  const kind = kindOfType.get(get('ReferencePackageType'));
  const program = get('ReferenceProgramName');
  return {
    id: get('ReferencePackageID'),
    ...(kind === undefined ? {} : { kind }),
    ...given({
      name: get('ReferenceName'),
      program: program === '*' ? '' : program,
      description: get('ReferenceDescription'),
      version: get('ReferenceVersion'),
    }),
  };
}

function application(instance: CimInstance): ImportedReference {
  return { id: getter(instance)('RefAppModelName'), kind: 'application' };
}

function getter({ properties }: CimInstance): (name: string) => string {
  return (name) => {
    const value = properties.get(name);
    return typeof value === 'string' ? value : '';
  };
}

function given<K extends string>(values: Readonly<Record<K, string>>): { [N in K]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as { [N in K]?: string };
}

const namespaces = [
  ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
  ['xmlns:xsd', 'http://www.w3.org/2001/XMLSchema'],
] as const;

/** The two documents of one sequence, without byte order mark. */
export function writeReferencesInfo(
  sequenceId: string,
  references: readonly ImportedReference[],
): { readonly packages: string; readonly applications: string } {
  const packages = references.filter(({ kind }) => kind !== 'application');
  const applications = references.filter(({ kind }) => kind === 'application');
  return {
    packages: listText(packages.map((reference) => packageText(sequenceId, reference))),
    applications: listText(applications.map(({ id }) => applicationText(sequenceId, id))),
  };
}

function listText(strings: readonly string[]): string {
  const children = strings.map((text) => element('string', [], text));
  return writeXml(element('ArrayOfString', namespaces, children), { indent: '  ', newline: '\r\n' });
}

function packageText(sequenceId: string, { id, kind, ...reference }: ImportedReference): string {
  const type = [...kindOfType].find(([, known]) => known === kind)?.[0] ?? '0';
  return instanceText(referencesClass, [
    ['PackageID', sequenceId],
    ['ProgramName', '*'],
    ['ReferenceDescription', reference.description ?? ''],
    ['ReferenceName', reference.name ?? ''],
    ['ReferencePackageID', id],
    ['ReferencePackageType', type, 'uint32'],
    ['ReferenceProgramName', reference.program ?? '*'],
    ['ReferenceVersion', reference.version ?? ''],
  ]);
}

function applicationText(sequenceId: string, model: string): string {
  return instanceText(applicationsClass, [
    ['PackageID', sequenceId],
    // The number of the exporting site; none is known here.
    ['RefAppCI_ID', '0', 'sint32'],
    ['RefAppModelName', model],
    ['RefAppPackageID', ''],
  ]);
}

function instanceText(
  className: string,
  values: readonly (readonly [name: string, value: string, type?: string])[],
): string {
  const properties = [['__RELPATH', ''] as const, ...values].map(
    ([name, value, type = 'string']): CimProperty => ({ name, origin: '___SYSTEM', type, value }),
  );
  return writeXml(instanceElement(className, properties), { indent: '  ', newline: '\n', open: () => true });
}
