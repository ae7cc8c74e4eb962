/** Where content may be distributed: points, groups of them, and collections that stand for their group (EDIT-15, EDIT-16). */
import type { Site } from '../model/index.ts';
import { type ContentPiece, pointsOfGroup } from './sequence-content.ts';

export interface DistributionTarget {
  readonly kind: 'point' | 'group' | 'collection';
  readonly name: string;
  /** The points that it means. */
  readonly points: readonly string[];
  /** Pieces of content that at least one of the points lacks; none: everything is there already, and it is not offered. */
  readonly lacks: readonly string[];
}

/** Every possible target with what it lacks of some content. */
export function distributionTargets(site: Site, pieces: readonly ContentPiece[]): DistributionTarget[] {
  const target = (kind: DistributionTarget['kind'], name: string, points: readonly string[]): DistributionTarget => ({
    kind,
    name,
    points,
    lacks: pieces
      .filter((piece) => !points.every((point) => piece.points.includes(point)))
      .map(({ object }) => object.name),
  });
  return [
    ...site.all('distributionPoint').map(({ name }) => target('point', name, [name])),
    ...site.all('distributionPointGroup').map(({ name }) => target('group', name, pointsOfGroup(site, name))),
    ...site.all('collection').flatMap(({ name, value }) => {
      // Undefined where the schema refuses the collection.
      const group = (value as typeof value | undefined)?.defaultDistributionPointGroup;
      return group === undefined ? [] : [target('collection', name, pointsOfGroup(site, group))];
    }),
  ];
}
