/** How Install Software Updates stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'TSInstallSWUpdate.exe /target:%SMSInstallUpdateTarget%',
};
