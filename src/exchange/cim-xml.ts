/** Instances in CIM-XML, as exports hold them (configmgr-formats 5.2): properties by name, as text, lists or instances. */
import { FormatError } from '../core/index.ts';
import { exchangeCode } from './codes.ts';
import { childNamed, childrenNamed, type XmlElement } from './xml-elements.ts';
import { element } from './xml-write.ts';

export interface CimInstance {
  readonly className: string;
  /** In the order of the file. Null: the property has no value. */
  readonly properties: ReadonlyMap<string, CimValue | null>;
}

export type CimValue = string | readonly string[] | readonly CimInstance[];

/** Throws FormatError (`EXCHANGE_OBJECT`) for another root element. */
export function readInstance(root: XmlElement, document: string): CimInstance {
  if (root.name !== 'INSTANCE') {
    const message = `${document} has the root element ${root.name.slice(0, 60)}, must have INSTANCE`;
    throw new FormatError(exchangeCode.EXCHANGE_OBJECT, message, { details: { document } });
  }
  return instanceOf(root);
}

function instanceOf({ attributes, children }: XmlElement): CimInstance {
  const properties = children
    .filter(({ name }) => name.startsWith('PROPERTY'))
    .map((property) => [property.attributes['NAME'] ?? '', valueOf(property)] as const);
  return { className: attributes['CLASSNAME'] ?? '', properties: new Map(properties) };
}

function valueOf(property: XmlElement): CimValue | null {
  const value = childNamed(property, 'VALUE');
  if (value) return value.text;
  const list = childNamed(property, 'VALUE.ARRAY');
  if (list) return childrenNamed(list, 'VALUE').map(({ text }) => text);
  const objects = childNamed(property, 'VALUE.OBJECTARRAY');
  if (!objects) return null;
  return childrenNamed(objects, 'VALUE.OBJECT').flatMap((object) =>
    childrenNamed(object, 'INSTANCE').map((instance) => instanceOf(instance)),
  );
}

/** One property to be written. */
export interface CimProperty {
  readonly name: string;
  /** Class that declares it; `___SYSTEM` for system properties. */
  readonly origin: string;
  /** CIM type: `string`, `uint32`, `uint8[]`, `object:SMS_OS_Details[]`. */
  readonly type: string;
  readonly value: string | readonly string[] | readonly XmlElement[] | null;
  readonly propagated?: boolean;
  readonly key?: boolean;
}

/** An INSTANCE element; `qualifiers` come first. */
export function instanceElement(
  className: string,
  properties: readonly CimProperty[],
  qualifiers: readonly XmlElement[] = [],
): XmlElement {
  return element('INSTANCE', [['CLASSNAME', className]], [...qualifiers, ...properties.map(propertyElement)]);
}

function propertyElement({ name, origin, type, value, propagated, key }: CimProperty): XmlElement {
  const system = origin === '___SYSTEM';
  const one = type.replace('[]', '');
  const kind = !type.endsWith('[]')
    ? 'PROPERTY'
    : one.startsWith('object:')
      ? 'PROPERTY.OBJECTARRAY'
      : 'PROPERTY.ARRAY';
  const typed: readonly [string, string] =
    kind === 'PROPERTY.OBJECTARRAY' ? ['REFERENCECLASS', one.slice('object:'.length)] : ['TYPE', one];
  const qualifiers = system
    ? []
    : [qualifier('CIMTYPE', 'string', one), ...(key ? [qualifier('key', 'boolean', 'TRUE')] : [])];
  return element(
    kind,
    [['NAME', name], ['CLASSORIGIN', origin], ['PROPAGATED', propagated ? 'true' : undefined], typed],
    [...qualifiers, ...(value === null ? [] : [valueElement(kind, value)])],
  );
}

function qualifier(name: string, type: string, value: string): XmlElement {
  const attributes = [
    ['NAME', name],
    ['PROPAGATED', 'true'],
    ['TYPE', type],
    ...(name === 'key' ? [['OVERRIDABLE', 'false'] as const] : []),
    ['TOINSTANCE', 'true'],
  ] as const;
  return element('QUALIFIER', attributes, [element('VALUE', [], value)]);
}

function valueElement(kind: string, value: NonNullable<CimProperty['value']>): XmlElement {
  if (typeof value === 'string') return element('VALUE', [], value);
  if (kind === 'PROPERTY.OBJECTARRAY') {
    const objects = value.map((object) => element('VALUE.OBJECT', [], typeof object === 'string' ? [] : [object]));
    return element('VALUE.OBJECTARRAY', [], objects);
  }
  return element(
    'VALUE.ARRAY',
    [],
    value.map((item) => (typeof item === 'string' ? element('VALUE', [], item) : item)),
  );
}
