/** `task-sequence show`: the tree of a sequence with types, conditions in words and masked secrets. */
import * as z from 'zod';
import type { Problem } from '../core/index.ts';
import type { PropertyValue, SequenceItem } from '../model/index.ts';
import { conditionText, placedItems, showPath } from '../sequence/index.ts';
import { highImpactSteps } from '../site/index.ts';
import { isStepType, stepType } from '../steps/index.ts';
import { findObject } from './find-object.ts';
import { masked as dots, maskedItem, shownObject } from './mask-secrets.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface ShownItem {
  /** Counted from 1: `2.1.3`. */
  readonly place: string;
  readonly kind: 'group' | 'step';
  readonly name: string;
  /** Name and title of the type; null for groups. An unknown type has the name that the import gave it. */
  readonly type: string | null;
  readonly title: string | null;
  readonly known: boolean;
  readonly description: string | null;
  /** It and its groups are enabled. */
  readonly enabled: boolean;
  readonly continueOnError: boolean;
  /** Lines in words. */
  readonly condition: readonly string[];
  /** Timeout, success codes and the like, as far as the step says something. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Properties by their ConfigMgr names, secrets as dots. */
  readonly with: Readonly<Record<string, PropertyValue>>;
  readonly line: number;
}

export interface ShownSequence {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** All but its steps. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Places of the steps that make it high impact without a mark. */
  readonly highImpactSteps: readonly string[];
  readonly items: readonly ShownItem[];
  readonly problems: readonly Problem[];
}

export const taskSequenceShow = useCase({
  name: 'task-sequence show',
  summary: 'show the steps of a task sequence with types and conditions',
  effect: 'read',
  input: z.strictObject({ name: z.string().min(1), site: siteOption }),
  async run({ name: text, site: folder }, _services, context): Promise<ShownSequence> {
    const { site, problems } = await openSite(folder, context);
    const sequence = findObject(site, text, ['taskSequence']);
    const { id, name, steps } = sequence.value;
    const { id: _id, name: _name, folder: _folder, steps: _steps, ...properties } = shownObject(sequence);
    return {
      id,
      name,
      file: sequence.file,
      properties,
      highImpactSteps: highImpactSteps(site, sequence).map(({ step, sequence: of }) =>
        of === sequence ? step.name : `${of.name}: ${step.name}`,
      ),
      items: placedItems(steps).map(({ item, path, enabled }) => {
        const place = path.flatMap((index) => ['steps', index]);
        return { ...shownItem(item), place: showPath(path), enabled, line: site.place(sequence, place).line };
      }),
      problems: problems.filter(({ file }) => file === sequence.file),
    };
  },
});

function shownItem(item: SequenceItem): Omit<ShownItem, 'place' | 'enabled' | 'line'> {
  const { name, description = null, continueOnError = false, condition = [] } = item;
  const head = { name, description, continueOnError, condition: conditionText(condition) };
  if (item.kind === 'group')
    return { ...head, kind: 'group', type: null, title: null, known: true, options: {}, with: {} };
  const { runIn, timeout, successCodes, retryCount, runFromNet, startIn, extra } = item;
  const given = { runIn, timeout, successCodes, retryCount, runFromNet, startIn };
  const isKnown = isStepType(item.type);
  const masked = maskedItem(item);
  return {
    ...head,
    kind: 'step',
    type: isKnown ? item.type : (extra?.type ?? 'unknown'),
    title: isKnown ? stepType(item.type).definition.title : null,
    known: isKnown,
    options: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    with: masked.kind === 'step' ? plainWith(masked.with) : {},
  };
}

/** Sealed values as dots. */
function plainWith(values: Readonly<Record<string, PropertyValue>>): Readonly<Record<string, PropertyValue>> {
  return JSON.parse(
    JSON.stringify(values, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'sealed' in value ? dots : value,
    ),
  ) as Record<string, PropertyValue>;
}
