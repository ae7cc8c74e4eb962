/** How Run Command Line (MDT) stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine('{CommandLine}'),
  mdtAction: commandLine('{CommandLine}'),
};
