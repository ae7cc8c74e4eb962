/** How Capture Operating System Image stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osdcapturesystemimage.exe',
};
