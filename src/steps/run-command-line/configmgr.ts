/** How Run Command Line stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine('smsswd.exe /run:{PackageID} {CommandLine}'),
  mdtAction: commandLine('{CommandLine}'),
};
