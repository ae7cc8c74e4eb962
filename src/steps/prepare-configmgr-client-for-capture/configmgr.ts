/** How Prepare ConfigMgr Client for Capture stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osdpreparesmsclient.exe',
};
