/** How Capture Windows Settings stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () =>
    'osdwinsettings.exe /capture /name:%OSDMigrateComputerName% /reginfo:%OSDMigrateRegistrationInfo% /timezone:%OSDMigrateTimeZone%',
};
