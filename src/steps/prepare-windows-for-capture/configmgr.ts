/** How Prepare Windows for Capture stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'osdprepareos.exe /activate:%OSDKeepActivation% /bmsd:%OSDBuildStorageDriverList%<ShutdownPreparedOs: /shutdown:%OSDShutdownPreparedOs%>',
  ),
};
