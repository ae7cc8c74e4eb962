/** Every kind of object of a site: its schema, what its references point to, where its secrets are. */
import type * as z from 'zod';
import type { ObjectKind } from '../object-kinds.ts';
import type { TaskSequence } from '../task-sequence.ts';
import { bootImage, type BootImage } from './boot-image.ts';
import { collection, type Collection } from './collection.ts';
import { deployment, type Deployment } from './deployment.ts';
import { device, type Device } from './device.ts';
import { driver, type Driver, driverPackage, type DriverPackage } from './drivers.ts';
import {
  boundaryGroup,
  type BoundaryGroup,
  computerAssociation,
  type ComputerAssociation,
  distributionPoint,
  type DistributionPoint,
  distributionPointGroup,
  type DistributionPointGroup,
  stateMigrationPoint,
  type StateMigrationPoint,
} from './infrastructure.ts';
import {
  application,
  type Application,
  type Package,
  packageObject,
  softwareUpdateSet,
  type SoftwareUpdateSet,
} from './software.ts';
import { operatingSystem, type OperatingSystem, upgradePackage, type UpgradePackage } from './system-images.ts';
import { taskSequenceFile } from './task-sequence.ts';

/** The type of each kind, as the site holds it. */
export interface ObjectTypes {
  readonly bootImage: BootImage;
  readonly operatingSystem: OperatingSystem;
  readonly upgradePackage: UpgradePackage;
  readonly driverPackage: DriverPackage;
  readonly driver: Driver;
  readonly package: Package;
  readonly application: Application;
  readonly softwareUpdateSet: SoftwareUpdateSet;
  readonly taskSequence: TaskSequence;
  readonly device: Device;
  readonly collection: Collection;
  readonly deployment: Deployment;
  readonly computerAssociation: ComputerAssociation;
  readonly boundaryGroup: BoundaryGroup;
  readonly distributionPoint: DistributionPoint;
  readonly distributionPointGroup: DistributionPointGroup;
  readonly stateMigrationPoint: StateMigrationPoint;
}

/** The schema of each kind's file. A task sequence's steps are not part of it. */
export const OBJECT_SCHEMAS = {
  bootImage,
  operatingSystem,
  upgradePackage,
  driverPackage,
  driver,
  package: packageObject,
  application,
  softwareUpdateSet,
  taskSequence: taskSequenceFile,
  device,
  collection,
  deployment,
  computerAssociation,
  boundaryGroup,
  distributionPoint,
  distributionPointGroup,
  stateMigrationPoint,
} as const satisfies Readonly<Record<ObjectKind, z.ZodObject>>;

/** Kinds whose objects have no id and go by their name. */
export const NAMED_KINDS: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  'device',
  'boundaryGroup',
  'distributionPoint',
  'distributionPointGroup',
  'stateMigrationPoint',
]);

export { REFERENCES, type ReferenceRule } from './references.ts';
export type { Architecture, Content, DeepReadonly } from './fields.ts';
export { siteSettings, type SiteSettings } from './site-settings.ts';
export { type SiteVariable, siteVariables, type VariableMap } from './variables.ts';
export type { Assignment, MaintenanceWindow, Recurrence } from './schedule.ts';
export { type Consent, REFUSED_DEPLOYMENT_KEYS } from './deployment.ts';
export { normalGuid, normalMac } from './device.ts';
export type { PxeSettings } from './pxe-settings.ts';
export type {
  Application,
  BootImage,
  BoundaryGroup,
  Collection,
  ComputerAssociation,
  Deployment,
  Device,
  DistributionPoint,
  DistributionPointGroup,
  Driver,
  DriverPackage,
  OperatingSystem,
  Package,
  SoftwareUpdateSet,
  StateMigrationPoint,
  UpgradePackage,
};
