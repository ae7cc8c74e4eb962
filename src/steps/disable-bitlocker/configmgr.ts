/** How Disable BitLocker stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine('OSDBitLocker.exe /disable <TargetDrive: /drive:{TargetDrive}>'),
};
