/** Which keys of which kind hold names or ids of other objects, and of what kinds those are. `*` stands for each item of a list. */
import type { ObjectKind } from '../object-kinds.ts';

export interface ReferenceRule {
  readonly path: readonly string[];
  readonly to: readonly ObjectKind[];
}

const rule = (path: string, ...to: readonly ObjectKind[]): ReferenceRule => ({ path: path.split('.'), to });

const distribution = [
  rule('distribution.points.*', 'distributionPoint'),
  rule('distribution.groups.*', 'distributionPointGroup'),
];

/** References of a task sequence's steps are found by the definitions of `src/steps`. */
export const REFERENCES: Readonly<Record<ObjectKind | 'site', readonly ReferenceRule[]>> = {
  site: [
    rule('softwareUpdates.sets.*', 'softwareUpdateSet'),
    rule('clientPackage', 'package'),
    rule('usmtPackage', 'package'),
  ],
  bootImage: [...distribution, rule('drivers.*', 'driver')],
  operatingSystem: distribution,
  upgradePackage: distribution,
  driverPackage: [...distribution, rule('drivers.*', 'driver')],
  driver: distribution,
  package: [...distribution, rule('programs.*.runFirst.package', 'package')],
  application: [...distribution, rule('dependencies.*', 'application')],
  softwareUpdateSet: [...distribution, rule('collections.*', 'collection')],
  taskSequence: [rule('bootImage', 'bootImage'), rule('runFirst.package', 'package')],
  device: [],
  collection: [
    rule('limiting', 'collection'),
    rule('members.devices.*', 'device'),
    rule('members.include.*', 'collection'),
    rule('members.exclude.*', 'collection'),
    rule('defaultDistributionPointGroup', 'distributionPointGroup'),
  ],
  deployment: [rule('taskSequence', 'taskSequence'), rule('collection', 'collection')],
  computerAssociation: [
    rule('source', 'device'),
    rule('target', 'device'),
    rule('stateMigrationPoint', 'stateMigrationPoint'),
  ],
  boundaryGroup: [
    rule('distributionPoints.*', 'distributionPoint'),
    rule('stateMigrationPoints.*', 'stateMigrationPoint'),
    rule('neighbours.*.group', 'boundaryGroup'),
  ],
  distributionPoint: [],
  distributionPointGroup: [rule('points.*', 'distributionPoint')],
  stateMigrationPoint: [],
};
