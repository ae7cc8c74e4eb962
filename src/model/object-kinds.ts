/** The kinds of objects of a site (SITE-01), each with the folder of its files. */

export const OBJECT_FOLDERS = {
  bootImage: 'boot-images',
  operatingSystem: 'operating-systems',
  upgradePackage: 'upgrade-packages',
  driverPackage: 'driver-packages',
  driver: 'drivers',
  package: 'packages',
  application: 'applications',
  softwareUpdateSet: 'software-updates',
  taskSequence: 'task-sequences',
  device: 'devices',
  collection: 'collections',
  deployment: 'deployments',
  computerAssociation: 'computer-associations',
  boundaryGroup: 'boundary-groups',
  distributionPoint: 'distribution-points',
  distributionPointGroup: 'distribution-point-groups',
  stateMigrationPoint: 'state-migration-points',
} as const;

export type ObjectKind = keyof typeof OBJECT_FOLDERS;

/** Kinds that an id of the form of a package (site code, 5 characters) names; devices and groups go by name. */
export type ContentKind =
  | 'bootImage'
  | 'operatingSystem'
  | 'upgradePackage'
  | 'driverPackage'
  | 'package'
  | 'application'
  | 'softwareUpdateSet';
