/** Software updates and users of computers, as far as collections and records decide (UPD-02, UDA-03). */
import type { Site, SiteObject } from '../model/index.ts';
import type { CollectionObject, DeviceObject } from './site-objects.ts';

/** The sets of updates that are targeted at one of these collections; others are never installed, whatever a step says. */
export function targetedUpdates(
  site: Site,
  collections: ReadonlySet<CollectionObject>,
): SiteObject<'softwareUpdateSet'>[] {
  return site.all('softwareUpdateSet').filter(({ value }) =>
    (value.collections ?? []).some((name) => {
      const collection = site.find('collection', name);
      return collection !== undefined && collections.has(collection);
    }),
  );
}

/** The computers of a user (`DOMAIN\name`, without case): there may be several. */
export function devicesOfUser(site: Site, user: string): DeviceObject[] {
  const key = user.toLowerCase();
  return site.all('device').filter(({ value }) => (value.users ?? []).some((each) => each.toLowerCase() === key));
}
