/** How Run PowerShell Script stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'OSDRunPowerShellScript.exe',
};
