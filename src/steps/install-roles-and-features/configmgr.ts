/** How Install Roles and Features stands in XML. */
import { mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\ZTIOSRole.wsf"',
  mdtAction: () => mdtScript('ZTIOSRole.wsf'),
};
