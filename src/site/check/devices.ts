/** Who a device is (SITE-07): MAC address or SMBIOS GUID, each of one device alone. */
import { normalGuid, normalMac, type SiteObject } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import type { Check } from './types.ts';

export const checkDevices: Check = ({ site, report }) => {
  const { macAddresses = [], smbiosGuids = [] } = site.settings.duplicateHardwareIds ?? {};
  const listed = new Set([...macAddresses.map(normalMac), ...smbiosGuids.map(normalGuid)]);
  const owners = new Map<string, SiteObject>();
  for (const device of site.all('device')) {
    if (device.builtIn) continue;
    const { macAddresses: macs = [], smbiosGuid } = device.value;
    if (macs.length === 0 && smbiosGuid === undefined) {
      const message = `${device.name} has neither a MAC address nor an SMBIOS GUID, so nothing can know it`;
      report(device, [], { code: siteCode.SITE_DEVICE_IDENTITY, message });
    }
    const ids = [
      ...macs.map((mac, index) => ({ key: normalMac(mac), path: ['macAddresses', index], says: 'MAC address' })),
      ...(smbiosGuid === undefined ? [] : [{ key: normalGuid(smbiosGuid), path: ['smbiosGuid'], says: 'SMBIOS GUID' }]),
    ];
    for (const { key, path, says } of ids) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, device);
      else if (!listed.has(key)) {
        const other = owner === device ? 'given twice' : `also that of ${owner.name}`;
        report(device, path, {
          code: siteCode.SITE_DEVICE_TWICE,
          message: `the ${says} ${key} of ${device.name} is ${other}`,
        });
      }
    }
  }
};
