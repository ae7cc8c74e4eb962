/** How Gather stands in XML. */
import { commandLine, mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine('smsswd.exe /run:{PackageID} cscript.exe "%DeployRoot%\\Scripts\\ZTIGather.wsf"'),
  mdtAction: () => mdtScript('ZTIGather.wsf'),
};
