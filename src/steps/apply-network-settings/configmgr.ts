/** How Apply Network Settings stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osdnetsettings.exe configure',
};
