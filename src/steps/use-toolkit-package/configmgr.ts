/** How Use Toolkit Package stands in XML. */
import { commandLine, mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine('smsswd.exe /run:{BDDPackageID} cscript.exe Scripts\\ZTISCCM.wsf'),
  mdtAction: () => mdtScript('ZTISCCM.wsf'),
};
