import * as z from 'zod';
import { choice, type DeepReadonly, identified, optional, reference, text, whole } from './fields.ts';
import { maintenanceWindow } from './schedule.ts';
import { variableMap } from './variables.ts';

const rule = z.strictObject({
  name: text('Name of the rule'),
  /** Conditions in the form of task sequences, asked of the facts of a device; `src/site` reads them. */
  condition: z.array(z.unknown(), { error: 'a list of conditions' }).min(1, { error: 'at least one condition' }),
});

/** Who is in a collection: everything listed together, without what is excluded, within the limiting collection. */
const members = z.strictObject({
  devices: optional(z.array(reference('Device'), { error: 'a list of devices' })),
  users: optional(z.array(text('User as DOMAIN\\name'), { error: 'a list of users' })),
  csv: optional(text('CSV file in the site folder with a column name, mac or smbiosGuid')),
  rules: optional(z.array(rule, { error: 'a list of rules' })),
  include: optional(z.array(reference('Collection'), { error: 'a list of collections' })),
  exclude: optional(z.array(reference('Collection'), { error: 'a list of collections' })),
});

/** A custom collection of devices or users; the built-in ones have no file (SITE-05). */
export const collection = z.strictObject({
  ...identified,
  type: choice(['device', 'user'], 'What its members are'),
  limiting: optional(reference('Collection that members must be in (default All Systems or All Users)')),
  members: optional(members),
  variables: optional(variableMap),
  variablePriority: optional(
    whole('Of two collections that give a device the same variable, the higher wins (VAR-06, default 1)', 1, 9),
  ),
  defaultDistributionPointGroup: optional(reference('Distribution point group')),
  maintenanceWindows: optional(z.array(maintenanceWindow, { error: 'a list of maintenance windows' })),
});
export type Collection = DeepReadonly<z.output<typeof collection>>;
