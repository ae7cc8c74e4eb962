/** Who gives variables a value: the engine, the site and its objects, steps. */
import { type Site, type Step, siteVariables, variableKey } from '../../model/index.ts';
import { builtinVariable } from '../../sequence/index.ts';
import { allNodes, isStep, nodesOf } from '../nodes.ts';
import { definitionOf, textOf } from '../read-step.ts';
import { isOpaque } from '../step-flow.ts';
import type { Node, Run } from '../types.ts';

export interface Givers {
  /** Whether anything that is known gives a variable of this name a value. */
  readonly gives: (name: string) => boolean;
  /** A script or command that runs before an item, and that may set any variable. */
  readonly maySetBefore: (node: Node) => Node | undefined;
  /** Something sets variables that cannot be listed: MDT's rules, names made of variables. */
  readonly anything: boolean;
}

/** Variables of Windows itself: a command sees them, `cmd` replaces them. */
const WINDOWS = new Set(
  (
    'ALLUSERSPROFILE APPDATA CD COMMONPROGRAMFILES COMMONPROGRAMW6432 COMPUTERNAME COMSPEC DATE ERRORLEVEL HOMEDRIVE HOMEPATH ' +
    'LOCALAPPDATA LOGONSERVER NUMBER_OF_PROCESSORS OS PATH PATHEXT PROCESSOR_ARCHITECTURE PROCESSOR_ARCHITEW6432 ' +
    'PROCESSOR_IDENTIFIER PROCESSOR_LEVEL PROCESSOR_REVISION PROGRAMDATA PROGRAMFILES PROGRAMW6432 PROMPT PUBLIC RANDOM ' +
    'SYSTEMDRIVE SYSTEMROOT TEMP TIME TMP USERDNSDOMAIN USERDOMAIN USERNAME USERPROFILE WINDIR'
  ).split(' '),
);

const kept = new WeakMap<Site, ReadonlySet<string>>();

/** Names, in upper case, that the settings, a collection or a device of the site gives a value. */
function siteNames(site: Site): ReadonlySet<string> {
  const known = kept.get(site);
  if (known !== undefined) return known;
  const maps = [
    site.settings.variables,
    ...site.all('collection').map(({ value }) => value?.variables),
    ...site.all('device').map(({ value }) => value?.variables),
  ];
  const names = new Set(maps.flatMap((map) => siteVariables(map).map(({ name }) => variableKey(name.trim()))));
  kept.set(site, names);
  return names;
}

/** Whether settings, a collection or a device of the site gives a variable of this name. */
export function siteGives(site: Site, name: string): boolean {
  return siteNames(site).has(variableKey(name.trim()));
}

/** Everything that gives values, for the sequence with its children and with those that run it. */
export function giversOf(run: Run): Givers {
  const { site, parents } = run;
  const parentSteps = parents
    .flatMap((parent) => allNodes(nodesOf(site, parent)))
    .filter(isStep)
    .filter(({ enabled }) => enabled);
  const steps = [...run.steps, ...parentSteps];
  const names = new Set(siteNames(site));
  const bases = new Set<string>();
  let anything = false;
  for (const { item } of steps) {
    for (const name of namesSetBy(item)) {
      if (name.includes('%')) anything = true;
      names.add(variableKey(name.trim()));
    }
    for (const base of basesSetBy(item)) bases.add(variableKey(base.trim()));
    anything ||= definitionOf(item)?.origin === 'mdt';
  }
  const order = new Map(run.nodes.map((node, index) => [node, index]));
  const opaque = [
    ...parentSteps.filter(({ item }) => isOpaque(item)),
    ...run.steps.filter(({ item }) => isOpaque(item)),
  ];
  return {
    gives: (name) => {
      const key = variableKey(name.trim());
      if (names.has(key) || WINDOWS.has(key) || builtinVariable(key) !== undefined) return true;
      return [...bases].some((base) => key.startsWith(base) && /^\d{2,3}$/.test(key.slice(base.length)));
    },
    maySetBefore: (node) => opaque.find((each) => (order.get(each) ?? -1) < (order.get(node) ?? 0)),
    anything,
  };
}

/** Names that a step gives a value for what follows. */
export function namesSetBy(step: Step): string[] {
  const named = ['OutputVariableName', ...(step.type === 'set-task-sequence-variable' ? ['VariableName'] : [])];
  const lists = Object.values(step.with).flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    if ('rules' in value) return value.rules.flatMap(({ variables }) => variables.map(({ name }) => name));
    if (!Array.isArray(value)) return [];
    return (value as readonly unknown[]).flatMap((item) =>
      typeof item === 'object' && item !== null && 'VolumeLetterVariable' in item
        ? [String(item.VolumeLetterVariable)]
        : [],
    );
  });
  const own = named.flatMap((property) => textOf(step, property) ?? []);
  return [...own, ...lists, ...(definitionOf(step)?.sets ?? [])].filter((name) => name.trim() !== '');
}

/** Names to which numbers are added: X01, X02. */
function basesSetBy(step: Step): string[] {
  if (step.type === 'download-package-content') return [textOf(step, 'DestinationVariable') ?? []].flat();
  // The same by variables, for the program behind that step.
  const isBase = (name: string) => variableKey(name.trim()) === 'OSDDOWNLOADDESTINATIONVARIABLE';
  if (step.type === 'set-task-sequence-variable') {
    return isBase(textOf(step, 'VariableName') ?? '') ? [textOf(step, 'VariableValue') ?? []].flat() : [];
  }
  const rules = step.type === 'set-dynamic-variables' ? step.with['Rules'] : undefined;
  if (typeof rules !== 'object' || !('rules' in rules)) return [];
  return rules.rules.flatMap(({ variables }) =>
    variables.flatMap(({ name, value }) => (isBase(name) && typeof value === 'string' && value !== '' ? [value] : [])),
  );
}
