/** How Format and Partition Disk stands in XML. */
import { mdtScript } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osddiskpart.exe',
  mdtAction: () => mdtScript('ZTIDiskpart.wsf'),
};
