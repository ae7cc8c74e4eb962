/** A site that has what templates name, and how their results are shown to a test. */
import type { Condition, SequenceItem, Site, TaskSequence } from '../../../src/model/index.ts';
import { makeTemplate, type GivenAnswers, type MadeTemplate, type TemplateKind } from '../../../src/templates/index.ts';
import { stepType } from '../../../src/steps/index.ts';
import { siteOf } from '../site/site-of.ts';

export const OFFICE_SETTINGS = `osdkit: 1
siteCode: ABC
name: Test
softwareUpdates: { source: windowsUpdate }
clientPackage: Client
usmtPackage: USMT
`;

const guid = '{01234567-89AB-CDEF-0123-456789ABCDEF}';

export const OFFICE_FILES: Readonly<Record<string, string>> = {
  'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\n',
  'operating-systems/win11.yaml': 'id: ABC00002\nname: Windows 11\n',
  'operating-systems/many.yaml':
    'id: ABC00003\nname: Many\neditions: [{ index: 1, name: Home }, { index: 4, name: Enterprise }]\n',
  'upgrade-packages/x64.yaml':
    'id: ABC00004\nname: Windows 11 Setup\nversion: "24H2"\narchitecture: x64\nlanguage: "1033"\n' +
    'editions: [{ index: 3, edition: Enterprise }, { index: 5, edition: Professional }]\n',
  'upgrade-packages/x86.yaml': 'id: ABC00005\nname: Windows 10 Setup x86\narchitecture: x86\n',
  'upgrade-packages/server.yaml':
    'id: ABC00006\nname: Server Setup\narchitecture: x64\neditions: [{ index: 2, edition: ServerStandard }]\n',
  'driver-packages/latitude.yaml': 'id: ABC00007\nname: Latitude\n',
  'driver-packages/elitebook.yaml': 'id: ABC00008\nname: EliteBook\n',
  'packages/client.yaml': 'id: ABC00009\nname: Client\n',
  'packages/usmt.yaml': 'id: ABC0000A\nname: USMT\n',
  'packages/other.yaml': 'id: ABC0000B\nname: Other\n',
  'applications/office.yaml': 'id: ABC0000C\nname: Office\n',
  'applications/reader.yaml':
    'id: ABC0000D\nname: Reader\ndeploymentTypes:\n' +
    `  - { name: MSI, technology: windowsInstaller, install: msiexec /i r.msi /q, uninstall: "msiexec /x ${guid} /q" }\n`,
};

export const office: Site = siteOf(OFFICE_FILES, OFFICE_SETTINGS).site;
/** A site that was just made: it names neither updates nor client nor USMT. */
export const bare: Site = siteOf(OFFICE_FILES).site;

export const SEALED = { sealed: 'v1.test' } as const;

/** The answers without which each kind is refused. */
export const REQUIRED: Readonly<Record<TemplateKind, GivenAnswers>> = {
  install: { name: 'Test', bootImage: 'pe-x64', image: 'Windows 11' },
  'build-and-capture': {
    name: 'Test',
    bootImage: 'pe-x64',
    image: 'Windows 11',
    capturePath: '\\\\files\\images\\reference.wim',
    captureAccount: 'CONTOSO\\capture',
    capturePassword: SEALED,
  },
  capture: {
    name: 'Test',
    bootImage: 'pe-x64',
    capturePath: '\\\\files\\images\\reference.wim',
    captureAccount: 'CONTOSO\\capture',
    capturePassword: SEALED,
  },
  upgrade: { name: 'Test', upgradePackage: 'Windows 11 Setup' },
  'user-state': { name: 'Test' },
  'virtual-hard-disk': { name: 'Test', bootImage: 'pe-x64', image: 'Windows 11' },
  custom: { name: 'Test' },
  'non-os': { name: 'Test' },
};

/** The kind with its required answers and others, in the office or another site. */
export function make(kind: TemplateKind, answers: GivenAnswers = {}, site: Site = office): MadeTemplate {
  return makeTemplate(kind, { ...REQUIRED[kind], ...answers }, site);
}

export interface Row {
  readonly place: string;
  readonly name: string;
  /** Title of the type, as the editor shows it; `group`. */
  readonly type: string;
  readonly condition: string;
}

/** The tree as the tables of behaviours.md have it. */
export function rowsOf(steps: readonly SequenceItem[], above = ''): Row[] {
  return steps.flatMap((item, index) => {
    const place = `${above}${index + 1}`;
    const type = item.kind === 'group' ? 'group' : stepType(item.type).definition.title;
    const condition = (item.condition ?? []).map(conditionWords).join(' and ') || '-';
    const row = { place, name: item.name, type, condition };
    return item.kind === 'group' ? [row, ...rowsOf(item.steps, `${place}.`)] : [row];
  });
}

export function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'variable':
      return [condition.variable, condition.operator, condition.value].filter((word) => word !== undefined).join(' ');
    case 'wmi':
      return condition.query;
    case 'none':
      return `none of (${condition.of.map(conditionWords).join('; ')})`;
    case 'registry':
      return [condition.keyPath, condition.value, condition.operator].join(' ');
    default:
      return condition.kind;
  }
}

/** One row a line, cells parted by ` | `; what a table in a test says. */
export function table(text: string): Row[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [place = '', name = '', type = '', condition = ''] = line.split('|').map((cell) => cell.trim());
      return { place, name, type, condition };
    });
}

export interface Difference {
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  /** Step, and each property with its new value; a property that went is `-NAME`. */
  readonly changed?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What an option does to a tree. Items are known by the groups around them. */
export function difference(before: readonly SequenceItem[], after: readonly SequenceItem[]): Difference {
  const old = flat(before);
  const made = flat(after);
  const changed = [...made].flatMap(([path, now]) => {
    const was = old.get(path);
    if (was === undefined) return [];
    const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])];
    const parts = keys
      .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(now[key]))
      .map((key) => (Object.hasOwn(now, key) ? [key, now[key]] : [`-${key}`, was[key]]));
    return parts.length === 0 ? [] : [[path, Object.fromEntries(parts)] as const];
  });
  const added = [...made.keys()].filter((path) => !old.has(path));
  const removed = [...old.keys()].filter((path) => !made.has(path));
  return {
    ...(added.length === 0 ? {} : { added }),
    ...(removed.length === 0 ? {} : { removed }),
    ...(changed.length === 0 ? {} : { changed: Object.fromEntries(changed) }),
  };
}

function flat(steps: readonly SequenceItem[], above = ''): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  for (const item of steps) {
    const path = above + item.name;
    const { kind: _, name: _name, condition, ...rest } = item;
    const when = condition === undefined ? {} : { condition: condition.map(conditionWords).join(' and ') };
    if (rest && 'steps' in rest) {
      const { steps: members, ...own } = rest;
      found.set(path, { ...own, ...when });
      for (const [inner, value] of flat(members, `${path}/`)) found.set(inner, value);
    } else {
      const { with: properties, ...own } = rest;
      found.set(path, { ...own, ...when, ...properties });
    }
  }
  return found;
}

/** What a step is told to do. */
export function stepOf({ steps }: Pick<TaskSequence, 'steps'>, path: string): Record<string, unknown> {
  const found = flat(steps).get(path);
  if (found === undefined) throw new Error(`no step ${path}; there are ${[...flat(steps).keys()].join(', ')}`);
  return found;
}

/** Codes with the questions that they are about, in order. */
export function told({ problems }: MadeTemplate): string[] {
  return problems.map(({ code, answer }) => (answer === undefined ? code : `${answer} ${code}`));
}
