/**
 * Expressions of conditions (configmgr-formats 4.4): the variables of each type and what they mean. Names of the location and
 * the make and model expressions follow the computer's [I]; the reader keeps an expression of another form as data.
 */
import type { ComparisonOperator, Condition, OrderedTest, OrderOperator } from '../model/index.ts';

const defaultNamespace = 'root\\cimv2';

const orderOperators: readonly OrderOperator[] = [
  'equals',
  'notEquals',
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
];
const comparisons: readonly ComparisonOperator[] = [...orderOperators, 'exists', 'notExists', 'like', 'notLike'];

type Get = (name: string) => string | undefined;
export type Kind = Exclude<Condition['kind'], 'all' | 'any' | 'none' | 'operatingSystem' | 'unreadable'>;
export type Of<K extends Kind> = Extract<Condition, { readonly kind: K }>;

export interface ExpressionForm<K extends Kind> {
  readonly type: string;
  /** Undefined: not an expression of that type. */
  readonly read: (get: Get) => Of<K> | undefined;
  readonly write: (condition: Of<K>) => Readonly<Record<string, string | undefined>>;
}

/** Values that are there; an empty one is another thing than none. */
function given<T extends Readonly<Record<string, string | undefined>>>(values: T): { [N in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [N in keyof T]?: string;
  };
}

/** Undefined: there is none. Null: it cannot be read. */
function orderedTest(operator: string | undefined, value: string | undefined): OrderedTest | undefined | null {
  if ((operator ?? '') === '' && (value ?? '') === '') return undefined;
  const known = orderOperators.find((name) => name === operator);
  return known === undefined || value === undefined ? null : { operator: known, value };
}

/** Real exports write `notExists`; the SDK says `nonExists` for the registry. */
function comparison(text: string | undefined): ComparisonOperator | undefined {
  if (text === 'nonExists') return 'notExists';
  return comparisons.find((name) => name === text);
}

function isBare(operator: ComparisonOperator): boolean {
  return operator === 'exists' || operator === 'notExists';
}

const variable: ExpressionForm<'variable'> = {
  type: 'VariableConditionExpression',
  read(get) {
    const [name, operator] = [get('Variable'), comparison(get('Operator'))];
    if (name === undefined || operator === undefined) return undefined;
    const value = get('Value');
    // What ConfigMgr writes for tests of existence.
    const usual = isBare(operator) && (value ?? '') === '';
    return { kind: 'variable', variable: name, operator, ...(usual ? {} : given({ value })) };
  },
  write: ({ variable: Variable, operator: Operator, value }) => ({
    Operator,
    Value: value ?? (isBare(Operator) ? '' : undefined),
    Variable,
  }),
};

const wmi: ExpressionForm<'wmi'> = {
  type: 'WMIConditionExpression',
  read(get) {
    const [query, namespace] = [get('Query'), get('Namespace')];
    if (query === undefined) return undefined;
    return namespace === defaultNamespace ? { kind: 'wmi', query } : { kind: 'wmi', query, namespace: namespace ?? '' };
  },
  // An empty namespace is one that an import did not name.
  write: ({ query: Query, namespace = defaultNamespace }) => ({ Namespace: namespace || undefined, Query }),
};

const file: ExpressionForm<'file'> = {
  type: 'FileConditionExpression',
  read(get) {
    const path = get('Path');
    const dateTime = orderedTest(get('DateTimeOperator'), get('DateTime'));
    const version = orderedTest(get('VersionOperator'), get('Version'));
    if (path === undefined || dateTime === null || version === null) return undefined;
    return { kind: 'file', path, ...(version && { version }), ...(dateTime && { dateTime }) };
  },
  write: ({ path, version, dateTime }) => ({
    DateTime: dateTime?.value,
    DateTimeOperator: dateTime?.operator,
    Path: path,
    Version: version?.value,
    VersionOperator: version?.operator,
  }),
};

const folder: ExpressionForm<'folder'> = {
  type: 'FolderConditionExpression',
  read(get) {
    const path = get('Path');
    const dateTime = orderedTest(get('DateTimeOperator'), get('DateTime'));
    if (path === undefined || dateTime === null) return undefined;
    return { kind: 'folder', path, ...(dateTime && { dateTime }) };
  },
  write: ({ path, dateTime }) => ({ DateTime: dateTime?.value, DateTimeOperator: dateTime?.operator, Path: path }),
};

const registry: ExpressionForm<'registry'> = {
  type: 'RegistryConditionExpression',
  read(get) {
    const [keyPath, operator] = [get('KeyPath'), comparison(get('Operator'))];
    if (keyPath === undefined || operator === undefined) return undefined;
    return {
      kind: 'registry',
      keyPath,
      operator,
      ...given({ value: get('Value'), type: get('Type'), data: get('Data') }),
    };
  },
  write: ({ keyPath: KeyPath, operator: Operator, value: Value, type: Type, data: Data }) => ({
    Data,
    KeyPath,
    Operator,
    Type,
    Value,
  }),
};

const software: ExpressionForm<'software'> = {
  type: 'SoftwareConditionExpression',
  read(get) {
    const operator = get('Operator');
    if (operator !== 'AnyVersion' && operator !== 'ThisVersion') return undefined;
    const values = given({
      productCode: get('ProductCode'),
      productName: get('ProductName'),
      upgradeCode: get('UpgradeCode'),
      version: get('Version'),
    });
    return { kind: 'software', operator, ...values };
  },
  write: ({ operator: Operator, productCode, productName, upgradeCode, version }) => ({
    Operator,
    ProductCode: productCode,
    ProductName: productName,
    UpgradeCode: upgradeCode,
    Version: version,
  }),
};

const computer: ExpressionForm<'computer'> = {
  type: 'ComputerConditionExpression',
  read: (get) => ({
    kind: 'computer',
    ...given({
      assetTag: get('AssetTag'),
      macAddress: get('MACAddress'),
      serialNumber: get('SerialNumber'),
      uuid: get('UUID'),
    }),
  }),
  write: ({ assetTag, macAddress, serialNumber, uuid }) => ({
    AssetTag: assetTag,
    MACAddress: macAddress,
    SerialNumber: serialNumber,
    UUID: uuid,
  }),
};

const location: ExpressionForm<'location'> = {
  type: 'LocationConditionExpression',
  read(get) {
    const defaultGateway = get('DefaultGateway');
    return defaultGateway === undefined ? undefined : { kind: 'location', defaultGateway };
  },
  write: ({ defaultGateway: DefaultGateway }) => ({ DefaultGateway }),
};

const makeModel: ExpressionForm<'makeModel'> = {
  type: 'MakeModelConditionExpression',
  read: (get) => ({ kind: 'makeModel', ...given({ make: get('Make'), model: get('Model') }) }),
  write: ({ make: Make, model: Model }) => ({ Make, Model }),
};

export const forms: { readonly [K in Kind]: ExpressionForm<K> } = {
  variable,
  wmi,
  file,
  folder,
  registry,
  software,
  computer,
  location,
  makeModel,
};
