/** How Download Package Content stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'OsdDownloadContent.exe ',
};
