/** How Join Domain or Workgroup stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osdjoin.exe /type:%OSDJoinType%',
};
