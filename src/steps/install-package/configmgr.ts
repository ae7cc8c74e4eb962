/** How Install Package stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'smsswd.exe /pkg:{PackageID} /install /basevar:{BaseVariableName} /continueOnError:{!ContinueOnInstallError}',
  ),
};
