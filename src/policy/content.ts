/** What a sequence needs, with hashes, sizes and where it lies; and what pre-cache fetches of it (CACHE). */
import type { Content, Site, SiteObject } from '../model/index.ts';
import type { MachineFacts, Verdict } from '../sequence/index.ts';
import { fitsLabels } from '../site/index.ts';
import type { ResolvedSequence, Use } from './resolve.ts';
import type { PolicyContent } from './types.ts';

const withContent: ReadonlySet<string> = new Set([
  'bootImage',
  'operatingSystem',
  'upgradePackage',
  'driverPackage',
  'driver',
  'package',
  'application',
  'softwareUpdateSet',
]);

/** The objects with content that a sequence needs: what its steps name, boot image, packages run first, dependencies. */
export function contentObjects(site: Site, { sequence, uses }: ResolvedSequence, updates: readonly SiteObject[]) {
  const { bootImage, runFirst } = sequence.value;
  return withDependencies(site, [
    ...(bootImage === undefined ? [] : [site.find('bootImage', bootImage)]),
    ...(runFirst === undefined ? [] : [site.find('package', runFirst.package)]),
    ...uses.map(({ object }) => object),
    ...updates,
  ]);
}

/** Objects with content, each once, with the applications and packages that they need themselves. */
function withDependencies(site: Site, objects: readonly (SiteObject | undefined)[]): SiteObject[] {
  const found = new Set<SiteObject>();
  const queue = [...objects];
  for (let at = 0; at < queue.length; at++) {
    const object = queue[at];
    if (object?.value === undefined || found.has(object) || !withContent.has(object.kind)) continue;
    found.add(object);
    if (isKind(object, 'application')) {
      queue.push(...(object.value.dependencies ?? []).map((name) => site.find('application', name)));
    } else if (isKind(object, 'package')) {
      const first = (object.value.programs ?? []).flatMap(({ runFirst }) => (runFirst ? [runFirst.package] : []));
      queue.push(...first.map((name) => site.find('package', name)));
    }
  }
  return [...found];
}

function isKind<K extends SiteObject['kind']>(object: SiteObject, kind: K): object is SiteObject<K> {
  return object.kind === kind;
}

/** One entry of the content list. */
export function contentEntry(site: Site, object: SiteObject, sequences: readonly string[]): PolicyContent {
  return {
    kind: object.kind,
    id: object.id ?? object.name,
    name: object.name,
    files: filesOf(object),
    points: pointsOf(site, object),
    for: [...sequences].sort(),
  };
}

/** Digests and sizes; an application has those of its deployment types. */
function filesOf(object: SiteObject): { sha256: string; size: number }[] {
  const value = object.value as { content?: Content; deploymentTypes?: readonly { content?: Content }[] };
  const contents = [value.content, ...(value.deploymentTypes ?? []).map(({ content }) => content)];
  const files = contents.flatMap((each) => (each ? [{ sha256: each.sha256, size: each.size }] : []));
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}

function pointsOf(site: Site, object: SiteObject): { name: string; url: string | undefined }[] {
  const { distribution } = object.value as {
    distribution?: { readonly points?: readonly string[]; readonly groups?: readonly string[] };
  };
  const grouped = (distribution?.groups ?? []).flatMap(
    (name) => site.find('distributionPointGroup', name)?.value.points ?? [],
  );
  const points = [...(distribution?.points ?? []), ...grouped].flatMap((name) => {
    const point = site.find('distributionPoint', name);
    return point?.value === undefined ? [] : [{ name: point.name, url: point.value.url }];
  });
  return [...new Map(points.map((point) => [point.name, point])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Bytes of a content list, equal files counted once. */
export function contentSize(list: readonly Pick<PolicyContent, 'files'>[]): number {
  const files = new Map(list.flatMap(({ files: each }) => each.map(({ sha256, size }) => [sha256, size] as const)));
  return [...files.values()].reduce((sum, size) => sum + size, 0);
}

/**
 * What pre-cache fetches: every reference whole, conditions are not asked in advance (CACHE-10); of the upgrade packages only those
 * whose labels fit, or may fit, this computer (CACHE-04, CACHE-09, CACHE-11).
 */
export function preCacheContent(site: Site, resolved: ResolvedSequence, facts: MachineFacts): PolicyContent[] {
  const language = facts.runningSystem?.language;
  const computer = {
    ...(facts.architecture === undefined ? {} : { architecture: facts.architecture }),
    ...(language === undefined ? {} : { language }),
  };
  return listOf(site, resolved, resolved.uses).filter(({ kind, id }) => {
    const upgrade = kind === 'upgradePackage' ? site.find('upgradePackage', id) : undefined;
    return upgrade === undefined || fitsLabels(upgrade.value, computer) !== false;
  });
}

/** What a run fetches: the content of steps that run, or may run as far as `decide` knows. */
export function runContent(site: Site, resolved: ResolvedSequence, decide: (use: Use) => Verdict): PolicyContent[] {
  return listOf(
    site,
    resolved,
    resolved.uses.filter((use) => decide(use) !== false),
  );
}

function listOf(site: Site, resolved: ResolvedSequence, uses: readonly Use[]): PolicyContent[] {
  const id = resolved.sequence.id ?? resolved.sequence.name;
  // In the full OS the boot image is fetched by the step that restarts into it.
  return sortedContent(
    contentObjects(site, { ...resolved, uses }, []).map((object) => contentEntry(site, object, [id])),
  );
}

/** In the order of kind and id. */
export function sortedContent(list: readonly PolicyContent[]): PolicyContent[] {
  const key = ({ kind, id }: PolicyContent): string => `${kind} ${id}`;
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
