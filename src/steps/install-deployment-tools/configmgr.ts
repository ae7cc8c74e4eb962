/** How Install Deployment Tools stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine('osdprepareos.exe /install:{SysprepPackageID}'),
};
