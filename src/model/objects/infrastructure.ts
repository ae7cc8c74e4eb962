/** Where content and state lie and who may use them: points, groups, boundaries, computer associations (SITE-12, 16, 17). */
import * as z from 'zod';
import {
  choice,
  type DeepReadonly,
  identified,
  named,
  optional,
  reference,
  text,
  textLike,
  whole,
  yesNo,
} from './fields.ts';
import { pxeSettings } from './pxe-settings.ts';

export const distributionPoint = z.strictObject({
  ...named,
  url: optional(
    textLike(/^https?:\/\/\S+$/, 'an address that starts with http:// or https://', 'Base address of its content'),
  ),
  pxe: optional(pxeSettings),
  multicast: optional(yesNo('Sends content by multicast')),
});
export type DistributionPoint = DeepReadonly<z.output<typeof distributionPoint>>;

export const distributionPointGroup = z.strictObject({
  ...named,
  points: optional(z.array(reference('Distribution point'), { error: 'a list of points' })),
});
export type DistributionPointGroup = DeepReadonly<z.output<typeof distributionPointGroup>>;

/** Exactly one key each; `src/site` checks it. */
const boundary = z.strictObject({
  subnet: optional(
    textLike(/^[0-9a-fA-F.:]+\/\d{1,3}$/, 'a subnet such as 10.1.0.0/16', 'IPv4 or IPv6 network with prefix length'),
  ),
  range: optional(textLike(/^[0-9.]+-[0-9.]+$/, 'a range such as 10.1.0.1-10.1.0.99', 'First and last IPv4 address')),
  adSite: optional(text('Active Directory site')),
});

/** Which points are local to a client (SITE-16); points of neighbours are remote (DEP-66). */
export const boundaryGroup = z.strictObject({
  ...named,
  boundaries: optional(z.array(boundary, { error: 'a list of boundaries' })),
  distributionPoints: optional(z.array(reference('Distribution point'), { error: 'a list of points' })),
  stateMigrationPoints: optional(z.array(reference('State migration point'), { error: 'a list of points' })),
  neighbours: optional(
    z.array(z.strictObject({ group: reference('Boundary group'), after: optional(whole('Minutes', 0, 1440)) }), {
      error: 'a list of neighbours',
    }),
  ),
  default: optional(yesNo('For clients outside of every boundary')),
});
export type BoundaryGroup = DeepReadonly<z.output<typeof boundaryGroup>>;

/** STATE-13. */
export const stateMigrationPoint = z.strictObject({
  ...named,
  folders: z
    .array(
      z.strictObject({
        path: text('Folder', { max: 1024 }),
        maximumClients: optional(whole('Clients', 1, 1_000_000)),
        minimumFreeSpace: optional(whole('Megabytes', 0, 2 ** 31)),
      }),
      { error: 'a list of folders' },
    )
    .min(1, { error: 'at least one folder' }),
  deleteAfter: optional(whole('Days from release to deletion; 0 is at once', 0, 3650)),
  restoreOnly: optional(yesNo('Gives stored state back and takes no more')),
});
export type StateMigrationPoint = DeepReadonly<z.output<typeof stateMigrationPoint>>;

/** Source and destination of user state (SITE-17); equal for the same computer with a new system. */
export const computerAssociation = z.strictObject({
  ...identified,
  source: reference('Device that state is captured from'),
  target: reference('Device that state is restored to'),
  users: optional(choice(['all', 'listed'], 'Whose state (default all)')),
  accounts: optional(z.array(text('User as DOMAIN\\name'), { error: 'a list of users' })),
  stateMigrationPoint: optional(reference('State migration point')),
  state: optional(choice(['notStarted', 'captured', 'restored', 'released'], 'How far it is (default notStarted)')),
});
export type ComputerAssociation = DeepReadonly<z.output<typeof computerAssociation>>;
