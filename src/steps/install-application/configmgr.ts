/** How Install Application stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'smsappinstall.exe /app:{ApplicationName} /basevar:{BaseVariableName} /continueOnError:{!ContinueOnInstallError}',
  ),
};
