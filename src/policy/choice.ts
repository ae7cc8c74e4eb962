/** Which deployment runs now (configmgr-formats 7.2; SITE-20, DEP-27, DEP-28). */
import type { Asker } from './asker.ts';
import type { Choice, JudgedDeployment, PolicyMedium } from './types.ts';

/** The order of deployments: the higher priority first, of equal ones the higher id (SITE-20). */
export function strongestFirst(a: JudgedDeployment, b: JudgedDeployment): number {
  return b.priority - a.priority || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** The choice among deployments in order. `preferred`: SMSTSPreferredAdvertID, where Windows PE asks for it. */
export function chooseDeployment(
  deployments: readonly JudgedDeployment[],
  preferred: string | undefined,
  { identity }: Pick<Asker, 'identity'>,
  medium: PolicyMedium,
): Choice {
  if (identity.kind === 'conflict') {
    const names = identity.devices.map(({ name }) => name).join(', ');
    return {
      kind: 'stop',
      text: `several devices have the MAC addresses or GUID of this computer: ${names} (SITE-07)`,
    };
  }
  const offered = deployments.filter((each) => each.offered);
  if (preferred !== undefined) return preferredChoice(deployments, preferred);
  const required = offered.find(({ runs }) => runs === 'now');
  if (required) return { kind: 'run', deployment: required.id, text: 'required: it runs without a choice' };
  if (offered.length === 0) {
    return { kind: 'nothing', text: 'no task sequence is deployed to this computer' };
  }
  const unattended = (medium.kind === 'bootable' || medium.kind === 'prestaged') && medium.unattended;
  if (unattended) {
    const text = `the medium is unattended, and ${offered.length} available ${offered.length === 1 ? 'deployment waits' : 'deployments wait'} for a choice: set SMSTSPreferredAdvertID (DEP-27)`;
    return { kind: 'stop', text };
  }
  return { kind: 'list', deployments: offered.map(({ id }) => id) };
}

/** Exactly this one, even over required ones; never another in its place. */
function preferredChoice(deployments: readonly JudgedDeployment[], preferred: string): Choice {
  const found = deployments.find(({ id }) => id.toUpperCase() === preferred);
  if (found?.offered === true) {
    return { kind: 'run', deployment: found.id, text: 'SMSTSPreferredAdvertID names it' };
  }
  const refused = found?.reasons.find(({ holds }) => !holds)?.text ?? 'the site has no such deployment';
  return { kind: 'stop', text: `SMSTSPreferredAdvertID is ${preferred}, and it cannot run: ${refused}` };
}
