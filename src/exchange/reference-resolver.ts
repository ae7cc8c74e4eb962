/** What the references of a sequence mean in the site that exports. */
import type { ObjectKind, TaskSequence } from '../model/index.ts';

/** An object of the site that the sequences may refer to. */
export interface ExportObject {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  /** What goes along when it is exported as a dependency: plain JSON, without secrets. */
  readonly data?: unknown;
}

export type Resolve = (reference: string, to: readonly ObjectKind[]) => ExportObject | undefined;

/** Finds what a reference names: by id, then by name, without case. */
export function resolver(objects: readonly ExportObject[], sequences: readonly TaskSequence[]): Resolve {
  const all = [...objects, ...sequences.map(({ id, name }) => ({ kind: 'taskSequence' as const, id, name }))];
  const byId = grouped(all, ({ id }) => id);
  const byName = grouped(all, ({ name }) => name);
  return (reference, to) => {
    const key = reference.toUpperCase();
    const candidates = [...(byId.get(key) ?? []), ...(byName.get(key) ?? [])];
    return candidates.find(({ kind }) => to.includes(kind));
  };
}

function grouped(objects: readonly ExportObject[], key: (object: ExportObject) => string): Map<string, ExportObject[]> {
  const groups = new Map<string, ExportObject[]>();
  for (const object of objects) {
    const group = groups.get(key(object).toUpperCase());
    if (group) group.push(object);
    else groups.set(key(object).toUpperCase(), [object]);
  }
  return groups;
}
