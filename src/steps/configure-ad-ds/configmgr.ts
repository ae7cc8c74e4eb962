/** How Configure AD DS stands in XML. */
import { mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIConfigureADDS.wsf"',
  mdtAction: () => mdtScript('ZTIConfigureADDS.wsf'),
};
