/** Circles: collections, applications, programs, child sequences. */
import { InputError } from '../../core/index.ts';
import type { NodePath, SiteObject } from '../../model/index.ts';
import { circleFrom, circlesOf } from '../circles.ts';
import { siteCode } from '../codes.ts';
import { membersOf, neededOf } from '../members.ts';
import { sequencesInCircles } from '../sequence-effects.ts';
import type { Check, CheckContext } from './types.ts';

export const checkCycles: Check = (context) => {
  const { site, report } = context;
  tell(context, 'collection', ['name'], (collection) => neededOf(site, collection));
  tell(context, 'application', ['dependencies'], ({ value }) =>
    (value.dependencies ?? []).flatMap((name) => {
      const found = site.find('application', name);
      return found?.value === undefined ? [] : [found];
    }),
  );
  for (const sequence of sequencesInCircles(site)) {
    report(sequence, ['name'], {
      code: siteCode.SITE_CYCLE,
      message: `${JSON.stringify(sequence.name)} runs itself through its child sequences`,
    });
  }
};

/** Circles of more objects than this are counted: nobody reads the way through them. */
const longest = 100;

function tell<K extends 'collection' | 'application'>(
  { site, report }: CheckContext,
  kind: K,
  path: NodePath,
  needed: (object: SiteObject<K>) => readonly SiteObject<K>[],
): void {
  for (const circle of circlesOf(site.all(kind), needed)) {
    const inside = new Set(circle);
    for (const object of circle) {
      const way =
        circle.length > longest
          ? undefined
          : circleFrom(object, (each) => needed(each).filter((other) => inside.has(other)));
      const shown = way?.map(({ name }) => name).join(' -> ') ?? `${object.name} and ${circle.length - 1} others`;
      report(object, path, { code: siteCode.SITE_CYCLE, message: `${kind}s in a circle: ${shown}` });
    }
  }
}

/** The members, or undefined where a circle was reported. */
export function membersUnlessCircle(...args: Parameters<typeof membersOf>): ReturnType<typeof membersOf> | undefined {
  try {
    return membersOf(...args);
  } catch (error) {
    if (error instanceof InputError && error.code === siteCode.SITE_CYCLE) return undefined;
    throw error;
  }
}
