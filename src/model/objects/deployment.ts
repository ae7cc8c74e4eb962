import * as z from 'zod';
import { choice, type DeepReadonly, identified, optional, reference, text, whole, yesNo } from './fields.ts';
import { assignment, siteDate } from './schedule.ts';

const schedule = z.strictObject({
  available: optional(siteDate),
  expires: optional(siteDate),
  assignments: optional(z.array(assignment, { error: 'a list of assignments' })),
  rerun: optional(choice(['never', 'always', 'ifFailed', 'ifSucceeded'], 'Rerun behaviour (default always, DEP-40)')),
});

const userExperience = z.strictObject({
  runIndependently: optional(yesNo('Users may run it outside its assignments (always so for available, DEP-50)')),
  showProgress: optional(yesNo('Shows progress (default true)')),
  installOutsideWindow: optional(yesNo('May install outside a maintenance window after the deadline (DEP-52)')),
  restartOutsideWindow: optional(yesNo('May restart outside a maintenance window after the deadline (DEP-53)')),
  commitOnWriteFilter: optional(yesNo('Commits changes at the deadline on devices with a write filter')),
  internetClients: optional(yesNo('May run for clients on the Internet (DEP-54)')),
});

const contentOptions = z.strictObject({
  option: optional(choice(['whenNeeded', 'allFirst', 'fromPoint'], 'Deployment options (DEP-60, default whenNeeded)')),
  remotePoints: optional(yesNo('May use remote distribution points where no local one is available (DEP-66)')),
  defaultBoundaryGroup: optional(yesNo('May fall back to the default boundary group')),
  multicast: optional(yesNo('The point sends it by multicast (DEP-64)')),
  meteredNetwork: optional(yesNo('Downloads over metered connections after the deadline (DEP-25)')),
});

const alerts = z.strictObject({
  failuresAbove: optional(whole('Percent of failures', 0, 100)),
  successBelow: optional(z.strictObject({ percent: whole('Percent that must have succeeded', 1, 100), by: siteDate })),
});

/** What a person agreed to when a high-risk deployment was made (DEP-18). Written by the command, one record a consent. */
const consent = z.strictObject({
  who: text('Who agreed'),
  when: siteDate,
  collection: text('Id of the collection'),
  size: whole('Members at that moment', 0, Number.MAX_SAFE_INTEGER),
  warnings: z.array(choice(['siteSystem', 'aboveDefaultSize', 'server'], 'Warning'), { error: 'a list of warnings' }),
});
export type Consent = DeepReadonly<z.output<typeof consent>>;

/** Joins one task sequence and one collection (DEP-01). */
export const deployment = z.strictObject({
  ...identified,
  taskSequence: reference('Task sequence'),
  collection: reference('Collection'),
  comments: optional(text('Comments', { min: 0 })),
  enabled: optional(yesNo('Default true')),
  purpose: choice(['available', 'required'], 'Available: started by the user; required: runs by its schedule'),
  availableTo: optional(
    choice(
      ['clients', 'clientsMediaAndPxe', 'mediaAndPxe', 'mediaAndPxeHidden'],
      'Make available to the following (DEP-26, default clients)',
    ),
  ),
  priority: optional(whole('Of several that fit, the highest number wins, then the highest id (default 0)', 0, 1000)),
  schedule: optional(schedule),
  userExperience: optional(userExperience),
  content: optional(contentOptions),
  alerts: optional(alerts),
  wakeUp: optional(yesNo('Send wake-up packets at the deadline (only required, DEP-24)')),
  preDownload: optional(yesNo('Pre-download content (only available, CACHE-06)')),
  /** Members of the collection when the deployment was made (DEP-14). */
  sizeAtCreation: optional(whole('Members of the collection at creation', 0, Number.MAX_SAFE_INTEGER)),
  consents: optional(z.array(consent, { error: 'a list of consents' })),
});
export type Deployment = DeepReadonly<z.output<typeof deployment>>;

/**
 * Settings that ConfigMgr's other deployments have and a task sequence refuses, by the keys that people would write, each with
 * the reason (DEP-22, DEP-23, UDA-02).
 */
export const REFUSED_DEPLOYMENT_KEYS: Readonly<Record<string, string>> = {
  deployWithoutUser:
    '"Automatically deploy according to schedule whether or not a user is logged on" does not apply to task sequences (DEP-22)',
  preDeploy:
    '"Automatically deploy according to schedule whether or not a user is logged on" does not apply to task sequences (DEP-22)',
  requireApproval:
    '"Require administrator approval if users request this application" does not apply to task sequences (DEP-23)',
  user: 'an operating system is never deployed to the computer of a user; target a collection of devices (UDA-02)',
  users: 'an operating system is never deployed to the computer of a user; target a collection of devices (UDA-02)',
};
