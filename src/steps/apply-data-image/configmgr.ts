/** How Apply Data Image stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'OSDApplyOS.exe /data:{ImagePackageID},%OSDDataImageIndex% <DestinationDisk: /target:{DestinationDisk},{DestinationPartition}><DestinationLogicalDrive: /target:{DestinationLogicalDrive}><DestinationVariable: /target:%{DestinationVariable}%>',
  ),
};
