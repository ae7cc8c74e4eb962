/** How Run Task Sequence stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'SubTasksequence.exe',
};
