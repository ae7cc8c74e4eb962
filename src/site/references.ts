/** Every reference of every object: to one object that is there, else a problem. */
import { nearestHint } from '../core/index.ts';
import { type NodePath, type ObjectKind, REFERENCES, type SiteObject } from '../model/index.ts';
import { contentReferences } from '../steps/index.ts';
import { siteCode } from './codes.ts';
import { kindTitle } from './file-kinds.ts';
import { forEachStep } from './parse-file.ts';
import type { SiteIndex } from './site-index.ts';
import type { PathProblem } from './zod-problems.ts';

export interface Reference {
  readonly path: NodePath;
  readonly text: string;
  readonly to: readonly ObjectKind[];
  /** Of a step: whether it and its groups are enabled. */
  readonly enabled: boolean;
}

/** Texts at a path with `*`, each with its place. */
function textsAt(value: unknown, path: readonly string[], at: NodePath = []): [NodePath, string][] {
  const [part, ...rest] = path;
  if (part === undefined) return typeof value === 'string' ? [[at, value]] : [];
  if (part === '*')
    return Array.isArray(value) ? value.flatMap((item, index) => textsAt(item, rest, [...at, index])) : [];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return [];
  return textsAt((value as Readonly<Record<string, unknown>>)[part], rest, [...at, part]);
}

const kept = new WeakMap<object, readonly Reference[]>();

/** The references of an object or of the settings, by their tables; kept as long as the object. */
export function referencesOf(kind: ObjectKind | 'site', value: object): readonly Reference[] {
  const known = kept.get(value);
  if (known) return known;
  const references: Reference[] = REFERENCES[kind].flatMap(({ path, to }) =>
    textsAt(value, path).map(([at, text]) => ({ path: at, text, to, enabled: true })),
  );
  if (kind === 'taskSequence') {
    const { steps } = value as SiteObject<'taskSequence'>['value'];
    forEachStep(steps, ['steps'], (step, path, enabled) => {
      for (const { path: below, reference, to } of contentReferences(step)) {
        references.push({ path: [...path, ...below], text: reference, to, enabled });
      }
    });
  }
  kept.set(value, references);
  return references;
}

/** What a reference means: objects of the first of its kinds that has any. */
export function targetsOf(site: SiteIndex, { to, text }: Pick<Reference, 'to' | 'text'>): readonly SiteObject[] {
  for (const kind of to) {
    const found = site.candidates(kind, text);
    if (found.length > 0) return found;
  }
  return [];
}

/** The problem of a reference, or undefined where it names one object. The nearest name takes time: a list of thousands goes without. */
export function referenceProblem(
  site: SiteIndex,
  reference: Reference,
  severity: 'error' | 'warning',
  withHint = true,
): PathProblem | undefined {
  const targets = targetsOf(site, reference);
  if (targets.length === 1) return undefined;
  const { path, text, to } = reference;
  const shown = JSON.stringify(text.slice(0, 100));
  if (targets.length > 1) {
    const message = `${shown} names ${targets.length} objects: ${targets
      .slice(0, 5)
      .map(({ id, file }) => id ?? file)
      .join(', ')}`;
    return { code: siteCode.SITE_REFERENCE_AMBIGUOUS, severity, message, hint: 'Use the id.', path };
  }
  const message = `there is no ${to.map(kindTitle).join(' or ')} ${shown}`;
  const problem: PathProblem = { code: siteCode.SITE_REFERENCE, severity, message, path };
  return withHint ? { ...problem, hint: hintFor(site, reference) } : problem;
}

function hintFor(site: SiteIndex, { to, text }: Reference): string {
  const names = to.flatMap((kind) => site.names(kind));
  return names.length === 0 ? `The site has no ${kindTitle(to[0] ?? 'device')} yet.` : nearestHint(text, names);
}
