/** How Check Readiness stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'OSDPrestartCheck.exe ',
};
