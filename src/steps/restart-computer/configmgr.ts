/** How Restart Computer stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine('smsboot.exe /target:{Target}'),
  // MDT's editor knows no target but Windows PE and leaves it empty.
  mdtAction: ({ Target = '' }) => `smsboot.exe /target:${Target === '' ? 'WinPE' : Target}`,
};
