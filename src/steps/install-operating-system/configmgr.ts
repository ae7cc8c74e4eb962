/** How Install Operating System stands in XML. */
import { mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'smsswd.exe /run: cscript.exe "%DeployRoot%\\Scripts\\LTIApply.wsf"',
  mdtAction: () => mdtScript('LTIApply.wsf'),
};
