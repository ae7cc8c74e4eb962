/** How Connect To Network Folder stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'smsnetuse.exe %SMSConnectNetworkFolderPath%',
};
