/** How Apply Driver Package stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'osddriverclient.exe /install:{DriverPackageID} <BootCriticalDriverID:"/bootcritical:%OSDApplyDriverBootCriticalContentUniqueID%,%OSDApplyDriverBootCriticalINFFile%,%OSDApplyDriverBootCriticalHardwareComponent%,%OSDApplyDriverBootCriticalID%">/unsigned:%OSDAllowUnsignedDriver%<Recurse: /recurse:%OSDRecurse%>',
  ),
};
