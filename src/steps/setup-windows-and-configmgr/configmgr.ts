/** How Setup Windows and ConfigMgr stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'OSDSetupWindows.exe',
};
