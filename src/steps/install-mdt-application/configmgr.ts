/** How Install Application (MDT) stands in XML. */
import { mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIApplications.wsf"',
  mdtAction: () => mdtScript('ZTIApplications.wsf'),
};
