/** How Upgrade Operating System stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'OSDUpgradeOS.exe ',
};
