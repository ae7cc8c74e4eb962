/** What there is to say of an imported sequence: what cannot run here, what was left over, which secrets are missing (IO-11, IO-17). */
import type { Problem } from '../core/index.ts';
import type { SequenceItem, TaskSequence } from '../model/index.ts';
import { exchangeCode } from './codes.ts';
import { unreadableTypes } from './conditions-xml.ts';
import { findSecrets, type SecretPlace } from './secrets.ts';

export interface UnsupportedPlace {
  /** Names of the groups and of the item. */
  readonly step: readonly string[];
  readonly why: string;
}

/** A part of ConfigMgr that the sequence uses, and the release that brought it (SITE-21). */
export interface UsedFeature {
  readonly feature: string;
  readonly release: string;
}

export interface SequenceReport {
  readonly steps: number;
  readonly groups: number;
  readonly blankSecrets: readonly SecretPlace[];
  /** Passwords that the file carries: the caller seals them. */
  readonly plainSecrets: readonly SecretPlace[];
  readonly unsupported: readonly UnsupportedPlace[];
  readonly features: readonly UsedFeature[];
  readonly problems: readonly Problem[];
}

interface Placed {
  readonly item: SequenceItem;
  readonly path: readonly string[];
}

export function reportOf(sequence: TaskSequence): SequenceReport {
  const items = placedItems(sequence.steps, []);
  const { blank, plain } = findSecrets(sequence.steps);
  const unsupported = items.flatMap(unsupportedIn);
  const where = (path: readonly string[]): string => `${sequence.name}: ${path.join(' > ')}`;
  return {
    steps: items.filter(({ item }) => item.kind === 'step').length,
    groups: items.filter(({ item }) => item.kind === 'group').length,
    blankSecrets: blank,
    plainSecrets: plain,
    unsupported: unsupported.map(({ step, why }) => ({ step, why })),
    features: featuresOf(sequence, items),
    problems: [
      ...unsupported.map(
        ({ step, why, code }): Problem => ({ code, severity: 'error', message: `${where(step)}: ${why}` }),
      ),
      ...items.flatMap(({ item, path }) =>
        leftovers(item).map((problem) => ({ ...problem, message: `${where(path)}: ${problem.message}` })),
      ),
      ...blank.map(
        ({ step, property, needed }): Problem => ({
          code: exchangeCode.EXCHANGE_SECRET_BLANK,
          severity: needed ? 'warning' : 'note',
          message: `${where(step)}: ${property} is empty`,
        }),
      ),
      ...plain.map(
        ({ step, property }): Problem => ({
          code: exchangeCode.EXCHANGE_SECRET_PLAIN,
          severity: 'warning',
          message: `${where(step)}: ${property} stands in the file in plain text`,
        }),
      ),
    ],
  };
}

function placedItems(items: readonly SequenceItem[], path: readonly string[]): Placed[] {
  return items.flatMap((item) => {
    const own = [...path, item.name];
    return [{ item, path: own }, ...(item.kind === 'group' ? placedItems(item.steps, own) : [])];
  });
}

function unsupportedIn({ item, path }: Placed): (UnsupportedPlace & Pick<Problem, 'code'>)[] {
  const conditions = unreadableTypes(item.condition).map((type) => ({
    step: path,
    code: exchangeCode.EXCHANGE_CONDITION_UNREADABLE,
    why: `its condition has an expression of type ${type} that osdkit cannot read`,
  }));
  if (item.kind === 'group' || item.type !== 'unknown') return conditions;
  const type = item.extra?.type === undefined ? 'no type' : `type ${item.extra.type}`;
  const step = {
    step: path,
    code: exchangeCode.EXCHANGE_STEP_UNKNOWN,
    why: `it has ${type}, which osdkit does not know`,
  };
  return [step, ...conditions];
}

function leftovers(item: SequenceItem): Problem[] {
  if (!item.extra || (item.kind === 'step' && item.type === 'unknown')) return [];
  const { action, attributes = {}, variables = [], elements = [] } = item.extra;
  const names = [
    ...Object.keys(attributes).map((name) => `attribute ${name}`),
    ...variables.map(({ name }) => `variable ${name}`),
    ...elements.map(({ name }) => `element ${name}`),
  ];
  return [
    ...(action === undefined
      ? []
      : [
          {
            code: exchangeCode.EXCHANGE_ACTION,
            severity: 'warning',
            message: 'its command line is not the one that its properties give',
          } as const,
        ]),
    ...(names.length === 0
      ? []
      : [
          {
            code: exchangeCode.EXCHANGE_LEFTOVER,
            severity: 'note',
            message: `left over: ${names.join(', ')}`,
          } as const,
        ]),
  ];
}

const upgradeGroups: ReadonlySet<string> = new Set([
  'Battery checks',
  'Network/wired connection checks',
  'Remove incompatible applications',
  'Remove incompatible drivers',
  'Remove/suspend third-party security',
  'Apply setup-based drivers',
  'Install/enable third-party security',
  'Set Windows default apps and associations',
  'Apply customizations and personalization',
]);

function featuresOf(sequence: TaskSequence, items: readonly Placed[]): UsedFeature[] {
  const uses = (type: string): boolean => items.some(({ item }) => item.kind === 'step' && item.type === type);
  const rule = sequence.extra?.['PreDownloadRule'];
  const groups = items.some(({ item }) => item.kind === 'group' && upgradeGroups.has(item.name));
  const found: readonly (readonly [boolean, string, string])[] = [
    [sequence.highImpact !== undefined, 'high-impact notice', '1702'],
    [typeof rule === 'string' && rule !== '', 'pre-cache', '1702'],
    [uses('run-task-sequence'), 'child task sequences', '1710'],
    [groups, 'groups of the upgrade template', '1802'],
  ];
  return found.flatMap(([used, feature, release]) => (used ? [{ feature, release }] : []));
}
