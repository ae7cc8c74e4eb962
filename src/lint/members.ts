/** Devices that a deployment reaches, as far as the site alone knows them. */
import { OsdkitError } from '../core/index.ts';
import type { Site, SiteObject } from '../model/index.ts';
import { membersOf } from '../site/index.ts';

/** Members of a collection; none for a circle of collections, which the check of the site tells. */
export function devicesOf(site: Site, collection: SiteObject<'collection'>): SiteObject<'device'>[] {
  try {
    return [...membersOf(site, collection).devices];
  } catch (error) {
    if (error instanceof OsdkitError) return [];
    throw error;
  }
}
