/** Content that a step takes: what it is, how large, and where from (EDIT-17, SITE-16, DEP-67, MEDIA-09). */
import type { Content, ObjectKind, Site, SiteObject, Step } from '../model/index.ts';
import { contentReferences } from '../steps/index.ts';
import { planCode } from './codes.ts';
import type { ListedObject } from './effective.ts';
import { found, type Found } from './findings.ts';
import { pointsHolding, type Surroundings } from './points.ts';
import type { ContentSource, PlanMedium } from './types.ts';

export const CONTENT_KINDS = [
  'bootImage',
  'operatingSystem',
  'upgradePackage',
  'driverPackage',
  'package',
  'application',
  'softwareUpdateSet',
] as const satisfies readonly ObjectKind[];
type ContentKind = (typeof CONTENT_KINDS)[number];
export type ContentObject = SiteObject<ContentKind>;

/** Properties that only show what stands elsewhere in the step. */
const SHOWN_ONLY: readonly string[] = ['PackageInfo', 'AppInfo'];

export interface TakenContent {
  readonly objects: readonly ContentObject[];
  /** References to nothing. */
  readonly missing: readonly string[];
}

/** The content of a step, what its applications depend on included. */
export function contentOf(site: Site, step: Step, listed: readonly ListedObject[] = []): TakenContent {
  const objects = new Set<ContentObject>();
  const missing: string[] = [];
  for (const { property, reference, to } of contentReferences(step)) {
    if (SHOWN_ONLY.includes(property) || to.includes('taskSequence')) continue;
    const object = to.map((kind) => site.find(kind, reference)).find((each) => each !== undefined);
    if (!object) missing.push(`${property}: there is no object ${JSON.stringify(reference)}`);
    else if (isContent(object)) addWithDependencies(site, object, objects);
  }
  for (const { kind, name, variable } of listed) {
    const object: SiteObject | undefined = site.find(kind, name);
    if (!object) missing.push(`${variable}: there is no ${kind} ${JSON.stringify(name)}`);
    else if (isContent(object)) addWithDependencies(site, object, objects);
  }
  if (step.type === 'setup-windows-and-configmgr' && step.with['ClientPackageID'] === undefined) {
    add(site, 'package', site.settings.clientPackage, objects);
  }
  if (
    /^(capture|restore)-user-state$/.test(step.type) &&
    !Object.keys(step.with).some((name) => name.startsWith('Usmt'))
  ) {
    add(site, 'package', site.settings.usmtPackage, objects);
  }
  if (step.type === 'install-software-updates' && site.settings.softwareUpdates?.source === 'files') {
    for (const set of site.settings.softwareUpdates.sets ?? []) add(site, 'softwareUpdateSet', set, objects);
  }
  return { objects: [...objects], missing };
}

function add(site: Site, kind: ContentKind, name: string | undefined, objects: Set<ContentObject>): void {
  const object = name === undefined ? undefined : site.find(kind, name);
  if (object) objects.add(object);
}

function isContent(object: SiteObject): object is ContentObject {
  return (CONTENT_KINDS as readonly ObjectKind[]).includes(object.kind) && object.value !== undefined;
}

function addWithDependencies(site: Site, object: ContentObject, objects: Set<ContentObject>): void {
  if (objects.has(object)) return;
  objects.add(object);
  if (object.kind !== 'application') return;
  const { dependencies = [] } = (object as SiteObject<'application'>).value;
  for (const name of dependencies) {
    const needed = site.find('application', name);
    if (needed) addWithDependencies(site, needed, objects);
  }
}

/** The pieces of bytes of an object: its own, and those of its deployment types. */
export function piecesOf({ kind, value }: ContentObject): Content[] {
  const own = value.content === undefined ? [] : [value.content];
  if (kind !== 'application') return own;
  const { deploymentTypes = [] } = value as SiteObject<'application'>['value'];
  return [...own, ...deploymentTypes.flatMap(({ content }) => content ?? [])];
}

/** Bytes, or null where the site does not say. An application whose types have no content needs none. */
export function bytesOf(object: ContentObject): number | null {
  const pieces = piecesOf(object);
  if (pieces.length === 0) return object.kind === 'application' ? 0 : null;
  return pieces.reduce((sum, { size }) => sum + size, 0);
}

export interface Fetching {
  readonly site: Site;
  readonly medium: PlanMedium;
  readonly surroundings: Surroundings;
  /** What the deployment lets it use beyond local points; undefined: there is no deployment to ask. */
  readonly allowed: { readonly remote: boolean; readonly fallback: boolean } | undefined;
  readonly inLibrary: ((sha256: string) => boolean) | undefined;
}

export interface Fetched {
  readonly from: ContentSource;
  readonly points: readonly string[];
  readonly findings: readonly Found[];
}

/** Where an object's content comes from, and what keeps it from coming. */
export function fetchOf(object: ContentObject, { site, medium, surroundings, allowed, inLibrary }: Fetching): Fetched {
  const what = `${JSON.stringify(object.name)}${object.id === undefined ? '' : ` (${object.id})`}`;
  const findings: Found[] = [];
  const pieces = piecesOf(object);
  if (pieces.length === 0 && object.kind !== 'application') {
    findings.push(
      found('error', planCode.PLAN_CONTENT_MISSING, `${what} has no content: the site knows no bytes of it`),
    );
  }
  for (const { sha256 } of pieces) {
    if (inLibrary === undefined || inLibrary(sha256)) continue;
    const message = `the content library does not hold ${what} as it is now (${sha256.slice(0, 12)}...): it must be added and distributed again`;
    findings.push(found('error', planCode.PLAN_CONTENT_MISSING, message));
  }
  if (pieces.length === 0) return { from: 'none', points: [], findings };
  if (medium === 'stand-alone') return { from: 'medium', points: [], findings };
  if (medium === 'bootable' && object.kind === 'bootImage') return { from: 'medium', points: [], findings };
  if (medium === 'prestaged' && (object.kind === 'bootImage' || object.kind === 'operatingSystem')) {
    return { from: 'disk', points: [], findings };
  }
  const points = pointsHolding(site, object.value.distribution);
  const refuse = (message: string, severity: Found['severity'] = 'error'): void => {
    findings.push(found(severity, planCode.PLAN_CONTENT_POINTS, `${what} ${message}`));
  };
  if (points.length === 0) {
    refuse('is on no distribution point');
    return { from: 'none', points, findings };
  }
  if (surroundings.flat) return { from: 'local', points, findings };
  if (surroundings.groups === undefined) return { from: 'unknown', points, findings };
  const local = points.filter((name) => surroundings.local.has(name.toLowerCase()));
  if (local.length > 0) return { from: 'local', points: local, findings };
  const neighbours = points.filter((name) => surroundings.remote.has(name.toLowerCase()));
  const fallback = points.filter((name) => surroundings.fallback.has(name.toLowerCase()));
  const remote = [...new Set([...neighbours, ...fallback])];
  if (remote.length === 0) {
    refuse(`is on ${points.join(', ')}, which the device may not use: it is ${surroundings.why}`);
    return { from: 'none', points, findings };
  }
  if (allowed === undefined) {
    refuse(`is on remote points alone (${remote.join(', ')}): a deployment must allow them`, 'warning');
    return { from: 'remote', points: remote, findings };
  }
  const usable = [...new Set([...(allowed.remote ? neighbours : []), ...(allowed.fallback ? fallback : [])])];
  if (usable.length === 0) {
    refuse(`is on no local point, and the deployment does not allow remote ones (${remote.join(', ')})`);
    return { from: 'none', points: remote, findings };
  }
  return { from: 'remote', points: usable, findings };
}
