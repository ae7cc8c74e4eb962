/** `SMSTSAssignUsersMode` and the setting of the distribution points say the same (UDA-04). */
import { type SiteObject, siteVariables, type VariableMap } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import type { Check } from './types.ts';

const modes = { none: 'Disabled', approval: 'Pending', automatic: 'Auto' } as const;

export const checkAffinity: Check = ({ site, report }) => {
  const points = site.all('distributionPoint').filter(({ value }) => value.pxe?.enabled === true);
  if (points.length === 0) return;
  const owners: [SiteObject | 'settings', VariableMap | undefined][] = [
    ['settings', site.settings.variables],
    ...site.all('device').map((device): [SiteObject, VariableMap | undefined] => [device, device.value.variables]),
    ...site.all('collection').map((each): [SiteObject, VariableMap | undefined] => [each, each.value.variables]),
  ];
  for (const [owner, map] of owners) {
    if (map === undefined) continue;
    for (const { name, value } of siteVariables(map)) {
      if (name.toUpperCase() !== 'SMSTSASSIGNUSERSMODE' || typeof value !== 'string') continue;
      for (const point of points) {
        const setting = point.value.pxe?.userDeviceAffinity ?? 'none';
        if (modes[setting].toLowerCase() === value.toLowerCase()) continue;
        const message = `${name} is ${value}, but the distribution point ${point.name} has userDeviceAffinity ${setting} (${modes[setting]})`;
        report(owner, ['variables', name], { code: siteCode.SITE_AFFINITY, message, severity: 'warning' });
      }
    }
  }
};
