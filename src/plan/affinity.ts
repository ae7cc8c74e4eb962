/** User device affinity: medium, distribution points and SMSTSAssignUsersMode say the same (UDA-04). */
import type { Site } from '../model/index.ts';
import { showState, stateOf } from '../sequence/index.ts';
import { planCode } from './codes.ts';
import { found, type Found } from './findings.ts';
import type { RunState } from './state.ts';
import type { PlanMedium } from './types.ts';

const MODES = { none: 'Disabled', approval: 'Pending', automatic: 'Auto' } as const;

export function affinityFindings(site: Site, medium: PlanMedium, { variables }: RunState): Found[] {
  const mode = stateOf(variables.get('SMSTSASSIGNUSERSMODE'));
  if (mode.state !== 'set') return [];
  if (medium === 'stand-alone') {
    const message = `SMSTSAssignUsersMode is ${showState(mode)}: ConfigMgr does not support it on stand-alone media`;
    return [found('warning', planCode.PLAN_AFFINITY, message)];
  }
  if (medium !== 'pxe') return [];
  return site.all('distributionPoint').flatMap(({ name, value }) => {
    if (value?.pxe?.enabled !== true) return [];
    const setting = value.pxe.userDeviceAffinity ?? 'none';
    if (MODES[setting].toLowerCase() === mode.value.toLowerCase()) return [];
    const message = `SMSTSAssignUsersMode is ${showState(mode)}, and the distribution point ${JSON.stringify(name)} has ${setting} (${MODES[setting]})`;
    return [found('warning', planCode.PLAN_AFFINITY, message)];
  });
}
