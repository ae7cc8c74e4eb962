/** Circles: collections, applications, programs, child sequences. */
import { membersOf } from '../members.ts';
import { InputError } from '../../core/index.ts';
import { runsItself } from '../deployable.ts';
import { siteCode } from '../codes.ts';
import type { Check } from './types.ts';

export const checkCycles: Check = ({ site, report }) => {
  const byCollection = new Map<string, readonly string[]>();
  for (const { name, value } of site.all('collection')) {
    const { include = [], exclude = [] } = value.members ?? {};
    byCollection.set(name, [...(value.limiting === undefined ? [] : [value.limiting]), ...include, ...exclude]);
  }
  for (const collection of site.all('collection')) {
    const circle = circleFrom(collection.name, (name) =>
      (byCollection.get(name) ?? []).flatMap((other) => site.find('collection', other)?.name ?? []),
    );
    if (circle)
      report(collection, ['name'], {
        code: siteCode.SITE_CYCLE,
        message: `collections in a circle: ${circle.join(' -> ')}`,
      });
  }
  for (const application of site.all('application')) {
    const circle = circleFrom(application.name, (name) =>
      (site.find('application', name)?.value?.dependencies ?? []).flatMap(
        (other) => site.find('application', other)?.name ?? [],
      ),
    );
    if (circle) {
      report(application, ['dependencies'], {
        code: siteCode.SITE_CYCLE,
        message: `applications in a circle: ${circle.join(' -> ')}`,
      });
    }
  }
  for (const sequence of site.all('taskSequence')) {
    if (!runsItself(site, sequence)) continue;
    report(sequence, ['name'], {
      code: siteCode.SITE_CYCLE,
      message: `${JSON.stringify(sequence.name)} runs itself through its child sequences`,
    });
  }
};

/** The way from a name back to itself, shortest first; undefined where there is none. */
function circleFrom(start: string, next: (name: string) => readonly string[]): string[] | undefined {
  const before = new Map<string, string>();
  const queue = [start];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const other of next(name)) {
      if (other === start) {
        const way = [start];
        for (let at: string | undefined = name; at !== undefined && at !== start; at = before.get(at)) way.unshift(at);
        return [start, ...way];
      }
      if (before.has(other)) continue;
      before.set(other, name);
      queue.push(other);
    }
  }
  return undefined;
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
