/** How Convert Disk to Dynamic stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osddiskpart.exe convert %OSDConvertDiskIndex%',
};
