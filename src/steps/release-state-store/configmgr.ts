/** How Release State Store stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osdsmpclient.exe /release',
};
