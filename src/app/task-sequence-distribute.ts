/**
 * `task-sequence distribute`: writes into every object that a sequence needs that its content belongs on some points or groups
 * (EDIT-14, EDIT-15). What is there already is left alone (EDIT-16).
 */
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import type { Site } from '../model/index.ts';
import { insertIn, keyOrder, readYaml, setIn } from '../site/index.ts';
import { appCode } from './codes.ts';
import { type NamedSequence, openSequence, sequenceInput } from './edited-sequence.ts';
import { findObject } from './find-object.ts';
import { type ContentPiece, distributionOf, pointsOfGroup, sequenceContent } from './sequence-content.ts';
import { changeOf, type ChangedSite, changeSite } from './site-changes.ts';
import { useCase } from './use-case.ts';

export interface DistributedSequence extends ChangedSite {
  readonly sequence: NamedSequence;
  readonly added: readonly { readonly name: string; readonly to: readonly string[] }[];
  readonly alreadyThere: readonly { readonly name: string; readonly at: readonly string[] }[];
}

const names = z.array(z.string().min(1)).default([]);

export const taskSequenceDistribute = useCase({
  name: 'task-sequence distribute',
  summary: 'put all content of a task sequence on distribution points',
  effect: 'write',
  input: z.strictObject({ ...sequenceInput, point: names, group: names, collection: names }),
  async run({ sequence, site, plan, ...given }, _services, context: OperationContext): Promise<DistributedSequence> {
    const { opened, object, named } = await openSequence(site, sequence, context);
    const targets = targetsOf(opened.site, given);
    const pieces = sequenceContent(opened.site, object);
    const plans = pieces.map((piece) => ({
      piece,
      wanted: targets.filter(({ points }) => !points.every((point) => piece.points.includes(point))),
      there: targets.filter(({ points }) => points.every((point) => piece.points.includes(point))),
    }));
    const changes = plans.map(({ piece, wanted }) => {
      const text = opened.texts.get(piece.object.file) ?? '';
      return changeOf(
        opened,
        piece.object.file,
        wanted.reduce((all, target) => withTarget(all, piece, target), text),
      );
    });
    const changed = await changeSite(opened, changes, { plan }, context);
    const list = (each: readonly Target[]): string[] => each.map(({ name }) => name);
    return {
      sequence: named,
      added: plans
        .filter(({ wanted }) => wanted.length > 0)
        .map(({ piece, wanted }) => ({ name: piece.object.name, to: list(wanted) })),
      alreadyThere: plans
        .filter(({ there }) => there.length > 0)
        .map(({ piece, there }) => ({ name: piece.object.name, at: list(there) })),
      ...changed,
    };
  },
});

interface Target {
  readonly key: 'points' | 'groups';
  readonly name: string;
  readonly points: readonly string[];
}

function targetsOf(
  site: Site,
  given: {
    readonly point: readonly string[];
    readonly group: readonly string[];
    readonly collection: readonly string[];
  },
): Target[] {
  const group = (text: string): Target => {
    const { name } = findObject(site, text, ['distributionPointGroup']);
    const points = pointsOfGroup(site, name);
    if (points.length > 0) return { key: 'groups', name, points };
    throw new InputError(appCode.APP_OPTION, `the distribution point group ${JSON.stringify(name)} has no points`);
  };
  const targets = [
    ...given.point.map((text): Target => {
      const { name } = findObject(site, text, ['distributionPoint']);
      return { key: 'points', name, points: [name] };
    }),
    ...given.group.map(group),
    ...given.collection.map((text) => {
      const { name, value } = findObject(site, text, ['collection']);
      if (value.defaultDistributionPointGroup !== undefined) return group(value.defaultDistributionPointGroup);
      throw new InputError(
        appCode.APP_OPTION,
        `the collection ${JSON.stringify(name)} has no defaultDistributionPointGroup: it stands for no points`,
        { hint: 'Set it in the file of the collection, or give --point or --group.' },
      );
    }),
  ];
  const once = new Map(targets.map((target) => [`${target.key} ${target.name}`, target]));
  if (once.size > 0) return [...once.values()];
  throw new InputError(appCode.APP_OPTION, 'task-sequence distribute: no target is given', {
    hint: 'Give --point, --group or --collection; `osdkit task-sequence content` lists them.',
  });
}

function withTarget(text: string, { object }: ContentPiece, { key, name }: Target): string {
  // Of the text as it is now: a target before may have made the lists.
  const now = distributionOf(readYaml(text).value as object);
  if (now.points === undefined && now.groups === undefined) {
    return setIn(text, ['distribution'], { [key]: [name] }, { order: keyOrder(object.kind) });
  }
  return insertIn(text, ['distribution', key], now[key]?.length ?? 0, name);
}
