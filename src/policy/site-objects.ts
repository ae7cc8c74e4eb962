/** Short names for the objects of a site that policies are made of. */
import type { SiteObject } from '../model/index.ts';

export type CollectionObject = SiteObject<'collection'>;
export type DeploymentObject = SiteObject<'deployment'>;
export type DeviceObject = SiteObject<'device'>;
export type SequenceObject = SiteObject<'taskSequence'>;
