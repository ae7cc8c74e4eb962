/** How Set Dynamic Variables stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'OSDSetDynamicVariables.exe',
};
