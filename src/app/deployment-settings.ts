/** The settings of a new deployment as a command takes them, and the object that they make. */
import * as z from 'zod';
import { InputError } from '../core/index.ts';
import type { Deployment } from '../model/index.ts';
import { appCode } from './codes.ts';
import { parseAssignment } from './deployment-assignment.ts';

const flag = z.boolean().optional();
const words = z.string().min(1).optional();

/** Everything that a deployment may say but its name, sequence and collection. */
export const deploymentSettings = z.object({
  comments: z.string().optional(),
  disabled: z.boolean().default(false),
  purpose: z.enum(['available', 'required'], { error: 'available or required' }),
  availableTo: z
    .enum(['clients', 'clientsMediaAndPxe', 'mediaAndPxe', 'mediaAndPxeHidden'], {
      error: 'clients, clientsMediaAndPxe, mediaAndPxe or mediaAndPxeHidden',
    })
    .optional(),
  priority: z.int().optional(),
  available: words,
  expires: words,
  assign: z.array(z.string()).default([]),
  rerun: z.enum(['never', 'always', 'ifFailed', 'ifSucceeded']).optional(),
  runIndependently: flag,
  showProgress: flag,
  installOutsideWindow: flag,
  restartOutsideWindow: flag,
  commitOnWriteFilter: flag,
  internetClients: flag,
  content: z.enum(['whenNeeded', 'allFirst', 'fromPoint']).optional(),
  remotePoints: flag,
  defaultBoundaryGroup: flag,
  multicast: flag,
  meteredNetwork: flag,
  failuresAbove: z.int().optional(),
  successBelow: words,
  wakeUp: flag,
  preDownload: flag,
  // Of ConfigMgr's other deployments: taken, so that the refusal gives the reason (DEP-22, DEP-23, UDA-02).
  deployWithoutUser: flag,
  requireApproval: flag,
  user: words,
});
export type DeploymentSettings = z.infer<typeof deploymentSettings>;

type Head = Pick<Deployment, 'id' | 'name' | 'taskSequence' | 'collection'>;

/**
 * The deployment; keys that nobody gave are not in it. Settings that do not apply to task sequences are, so that the check of the
 * site refuses them with its reason.
 */
export function deploymentOf(head: Head, settings: DeploymentSettings): Deployment {
  const { available, expires, rerun, assign, failuresAbove } = settings;
  const assignments = assign.map(parseAssignment);
  const value = {
    ...head,
    comments: settings.comments,
    enabled: settings.disabled ? false : undefined,
    purpose: settings.purpose,
    availableTo: settings.availableTo,
    priority: settings.priority,
    schedule: given({ available, expires, assignments: assignments.length === 0 ? undefined : assignments, rerun }),
    userExperience: given({
      runIndependently: settings.runIndependently,
      showProgress: settings.showProgress,
      installOutsideWindow: settings.installOutsideWindow,
      restartOutsideWindow: settings.restartOutsideWindow,
      commitOnWriteFilter: settings.commitOnWriteFilter,
      internetClients: settings.internetClients,
    }),
    content: given({
      option: settings.content,
      remotePoints: settings.remotePoints,
      defaultBoundaryGroup: settings.defaultBoundaryGroup,
      multicast: settings.multicast,
      meteredNetwork: settings.meteredNetwork,
    }),
    alerts: given({ failuresAbove, successBelow: successBelow(settings.successBelow) }),
    wakeUp: settings.wakeUp,
    preDownload: settings.preDownload,
    deployWithoutUser: settings.deployWithoutUser,
    requireApproval: settings.requireApproval,
    user: settings.user,
  };
  return given(value) as unknown as Deployment;
}

/** Without what is undefined; undefined when nothing is left. */
function given(value: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `90 by 2026-12-31T18:00Z`. */
function successBelow(text: string | undefined): { percent: number; by: string } | undefined {
  if (text === undefined) return undefined;
  const [, percent, by] = /^(\d+)%? by (\S+)$/.exec(text.trim()) ?? [];
  if (percent !== undefined && by !== undefined) return { percent: Number(percent), by };
  throw new InputError(appCode.APP_OPTION, `--success-below ${JSON.stringify(text.slice(0, 200))} is not understood`, {
    hint: 'Write percent and date: "90 by 2026-12-31T18:00Z".',
  });
}
