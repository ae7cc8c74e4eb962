/** How Apply Operating System Image stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'OSDApplyOS.exe<ImagePackageID: /image:{ImagePackageID},%OSDImageIndex%><InstallPackageID: /install:{InstallPackageID},%OSDInstallEditionIndex%><ConfigFilePackage: "/config:{ConfigFilePackage},%OSDConfigFileName%"><DestinationDisk: /target:{DestinationDisk},{DestinationPartition}><DestinationLogicalDrive: /target:{DestinationLogicalDrive}><DestinationVariable: /target:%{DestinationVariable}%><RunFromNet: /runfromnet:{!RunFromNet}>',
  ),
};
