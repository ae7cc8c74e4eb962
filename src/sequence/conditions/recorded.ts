/** Conditions on files, registry and software: decided where the facts have a record, unknown everywhere else. */
import type { Condition, OrderedTest } from '../../model/index.ts';
import type { MachineFacts } from '../facts.ts';
import { expand } from '../variables/expand.ts';
import type { VariableLookup, VariableState } from '../variables/state.ts';
import { allOf, anyOf, type Verdict } from '../verdict.ts';
import { compareTexts, equalTexts, instantOf } from './compare.ts';
import type { ConditionEnvironment, Finding } from './types.ts';

/** The text with variables, and for paths with those of Windows that facts know. */
function resolved(text: string, { variable, facts }: ConditionEnvironment): { text: string } | Finding {
  const lookup: VariableLookup = (name) => {
    const state = variable(name);
    return state.state === 'missing' ? windowsVariable(name, facts) : state;
  };
  const expanded = expand(text, lookup);
  const [missing] = expanded.unknown;
  if (missing) return { verdict: 'unknown', why: `%${missing.name}% is not known (${missing.why})` };
  return { text: expanded.text };
}

function windowsVariable(name: string, facts: MachineFacts): VariableState {
  const folder = facts.runningSystem?.windowsFolder;
  const known = ['WINDIR', 'SYSTEMROOT', 'SYSTEMDRIVE'].indexOf(name.toUpperCase());
  if (known < 0) return { state: 'missing' };
  if (folder === undefined) return { state: 'unknown', why: 'the facts do not say the Windows folder' };
  return { state: 'set', value: known === 2 ? folder.slice(0, 2) : folder };
}

const pathKey = (path: string): string => path.replaceAll('/', '\\').replace(/\\+$/, '').toUpperCase();

/** The entry of a record by a key of its own spelling; undefined where there is none. */
function entryOf<T>(record: Readonly<Record<string, T>> | undefined, key: string, keyOf: (name: string) => string) {
  const wanted = keyOf(key);
  return Object.entries(record ?? {}).find(([name]) => keyOf(name) === wanted)?.[1];
}

export function filePart(
  condition: Extract<Condition, { kind: 'file' | 'folder' }>,
  environment: ConditionEnvironment,
): Finding {
  const path = resolved(condition.path, environment);
  if ('verdict' in path) return path;
  const entry = entryOf(environment.facts.files, path.text, pathKey);
  if (entry === undefined) return { verdict: 'unknown', why: `the facts do not say whether ${condition.path} exists` };
  if (entry === null) return { verdict: false, why: `${condition.path} does not exist` };
  const folder = entry.folder === true;
  if (folder !== (condition.kind === 'folder')) {
    return { verdict: false, why: `${condition.path} is a ${folder ? 'folder' : 'file'}` };
  }
  const tests = [
    ...(condition.kind === 'file' && condition.version
      ? [testVersion(condition.version, entry.version, environment)]
      : []),
    ...(condition.dateTime ? [testDate(condition.dateTime, entry.modified, environment)] : []),
  ];
  const why = [`${condition.path} exists`, ...tests.map((test) => test.why)].join(', ');
  return { verdict: allOf(tests.map(({ verdict }) => verdict)), why };
}

function testVersion(test: OrderedTest, version: string | undefined, environment: ConditionEnvironment): Finding {
  if (version === undefined) return { verdict: 'unknown', why: 'its version is not known' };
  const wanted = resolved(test.value, environment);
  if ('verdict' in wanted) return wanted;
  return { verdict: compareTexts(test.operator, version, wanted.text), why: `its version is ${version}` };
}

function testDate(test: OrderedTest, modified: string | undefined, environment: ConditionEnvironment): Finding {
  if (modified === undefined) return { verdict: 'unknown', why: 'its date is not known' };
  const wanted = resolved(test.value, environment);
  if ('verdict' in wanted) return wanted;
  const [left, right] = [instantOf(modified), instantOf(wanted.text)];
  if (left === undefined || right === undefined) {
    return { verdict: 'unknown', why: `${left === undefined ? modified : test.value} is not a date with zone` };
  }
  return { verdict: compareTexts(test.operator, shifted(left), shifted(right)), why: `its date is ${modified}` };
}

/** Milliseconds as digits without sign, so that they compare as numbers also before 1970. */
const shifted = (instant: number): string => String(instant + 1e14);

const HIVES: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

function registryKey(path: string): string {
  const [hive = '', ...rest] = pathKey(path).replace(/:\\/, '\\').split('\\');
  return [HIVES[hive] ?? hive, ...rest].join('\\');
}

export function registryPart(
  condition: Extract<Condition, { kind: 'registry' }>,
  environment: ConditionEnvironment,
): Finding {
  const { operator, keyPath, value: name = '' } = condition;
  const path = resolved(keyPath, environment);
  if ('verdict' in path) return path;
  const key = entryOf(environment.facts.registry, path.text, registryKey);
  if (key === undefined) return { verdict: 'unknown', why: `the facts do not say whether ${keyPath} exists` };
  const existence = operator === 'exists' || operator === 'notExists';
  if (existence && name === '') {
    return {
      verdict: (key !== null) === (operator === 'exists'),
      why: `${keyPath} ${key ? 'exists' : 'does not exist'}`,
    };
  }
  const shown = `${keyPath}\\${name || '(default)'}`;
  const data = key === null ? null : entryOf(key, name, (text) => text.toUpperCase());
  if (data === undefined) return { verdict: 'unknown', why: `the facts do not say ${shown}` };
  if (existence)
    return {
      verdict: (data !== null) === (operator === 'exists'),
      why: `${shown} ${data === null ? 'does not exist' : 'exists'}`,
    };
  if (operator === 'like' || operator === 'notLike') {
    return { verdict: 'unknown', why: 'no source says how ConfigMgr compares with like' };
  }
  if (data === null) return { verdict: operator === 'notEquals', why: `${shown} does not exist` };
  const wanted = resolved(condition.data ?? '', environment);
  if ('verdict' in wanted) return wanted;
  const found = Array.isArray(data) ? data.join('\n') : String(data);
  return { verdict: compareTexts(operator, found, wanted.text), why: `${shown} is ${JSON.stringify(found)}` };
}

/** Products that Windows Installer installed; the list in the facts is all of them. */
export function softwarePart(
  condition: Extract<Condition, { kind: 'software' }>,
  { facts: { software } }: ConditionEnvironment,
): Finding {
  if (software === undefined) return { verdict: 'unknown', why: 'the facts do not say what is installed' };
  const key = condition.operator === 'ThisVersion' ? 'productCode' : 'upgradeCode';
  const wanted = condition[key];
  const named = condition.productName ?? wanted ?? 'the product';
  if (wanted === undefined || wanted === '') return { verdict: 'unknown', why: `it has no ${key}` };
  const verdict = anyOf(
    software.map((product): Verdict => {
      const code = product[key];
      return code === undefined ? 'unknown' : equalTexts(code, wanted);
    }),
  );
  const words = {
    true: 'is installed',
    false: 'is not installed',
    unknown: `is not known: products lack their ${key}`,
  };
  return { verdict, why: `${named} ${words[`${verdict}`]}` };
}
