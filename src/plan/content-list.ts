/** The content of a whole run, and the sums of its lists (CACHE-02, CACHE-04, CACHE-09 to CACHE-11, MEDIA-09). */
import type { Site, UpgradePackage } from '../model/index.ts';
import { type MachineFacts, placedItems, showPath, type Verdict } from '../sequence/index.ts';
import { fitsLabels } from '../site/index.ts';
import { bytesOf, contentOf, type ContentObject, type Fetched } from './content.ts';
import { addRanges } from './rates.ts';
import type { ContentSums, PlannedContent, Range } from './types.ts';
import type { Walked } from './walk.ts';

interface Row {
  readonly object: ContentObject;
  surely: boolean;
  maybe: boolean;
  readonly usedBy: string[];
}

export interface ContentInput {
  readonly site: Site;
  readonly facts: MachineFacts;
  readonly walked: Walked;
  readonly fetched: (object: ContentObject) => Fetched;
  /** Boot image that is fetched to start, or to restart into Windows PE; undefined: none is. */
  readonly bootImage: { readonly object: ContentObject; readonly surely: boolean; readonly usedBy: string } | undefined;
}

/** Everything that enabled steps refer to, in order of kind and id, and the sums. */
export function contentList(input: ContentInput): {
  readonly content: readonly PlannedContent[];
  readonly sums: ContentSums;
} {
  const { walked, facts, fetched, bootImage } = input;
  const rows = new Map<ContentObject, Row>();
  const rowOf = (object: ContentObject): Row => {
    const row = rows.get(object) ?? { object, surely: false, maybe: false, usedBy: [] };
    rows.set(object, row);
    return row;
  };
  if (bootImage) {
    const row = rowOf(bootImage.object);
    if (bootImage.surely) row.surely = true;
    else row.maybe = true;
    row.usedBy.push(bootImage.usedBy);
  }
  const visits = new Map(walked.visits.map((visit) => [showPath(visit.path), visit]));
  for (const { item, path, enabled } of placedItems(walked.whole.items)) {
    if (item.kind === 'group' || !enabled) continue;
    const place = showPath(path);
    const reached = walked.steps.get(place);
    // A step that is not reached refers to what it says; expanded values are known only when it is.
    for (const object of reached?.content ?? contentOf(input.site, item).objects) {
      const row = rowOf(object);
      row.usedBy.push(place);
      const decision = visits.get(place)?.decision;
      if (decision === 'runs') row.surely = true;
      if (decision === 'may run') row.maybe = true;
    }
  }
  const content = [...rows.values()].map(({ object, surely, maybe, usedBy }): PlannedContent => {
    const { from, points } = fetched(object);
    return {
      kind: object.kind,
      id: object.id ?? object.name,
      name: object.name,
      bytes: bytesOf(object),
      decision: surely ? 'fetched' : maybe ? 'may be fetched' : 'not fetched',
      preCache: preCached(object, facts),
      from,
      points,
      usedBy,
    };
  });
  content.sort((a, b) => order(a.kind, b.kind) || order(a.id, b.id));
  return { content, sums: sumsOf(content) };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Only upgrade packages are filtered by their labels; every other reference is fetched whole, conditions are not asked. */
function preCached({ kind, value }: ContentObject, { runningSystem, architecture }: MachineFacts): Verdict {
  if (kind !== 'upgradePackage') return true;
  const { architecture: label, language: lcid } = value as UpgradePackage;
  const own = runningSystem?.architecture ?? architecture;
  return fitsLabels(
    { ...(label === undefined ? {} : { architecture: label }), ...(lcid === undefined ? {} : { language: lcid }) },
    {
      ...(own === undefined ? {} : { architecture: own }),
      ...(runningSystem?.language === undefined ? {} : { language: runningSystem.language }),
    },
  );
}

function sumsOf(content: readonly PlannedContent[]): ContentSums {
  const sum = (of: (each: PlannedContent) => Range): Range => addRanges(content.map(of));
  const taken = ({ decision, bytes }: PlannedContent): Range => ({
    least: decision === 'fetched' ? (bytes ?? 0) : 0,
    most: decision === 'not fetched' ? 0 : (bytes ?? 0),
  });
  const nothing: Range = { least: 0, most: 0 };
  return {
    run: sum(taken),
    network: sum((each) => (each.from === 'medium' || each.from === 'disk' ? nothing : taken(each))),
    all: content.reduce((total, { bytes }) => total + (bytes ?? 0), 0),
    preCache: sum(({ preCache, bytes }) => ({
      least: preCache === true ? (bytes ?? 0) : 0,
      most: preCache === false ? 0 : (bytes ?? 0),
    })),
    unknownSizes: content.filter(({ bytes }) => bytes === null).length,
  };
}
