/** How Pre-provision BitLocker stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'OSDOfflineBitlocker.exe /enable <DestinationDisk: /disk:{DestinationDisk}><DestinationPartition: /part:{DestinationPartition}><DestinationLogicalDrive: /drive:{DestinationLogicalDrive}><DestinationVariable: /drive:%{DestinationVariable}%><SkipWhenTPMInvalid: /ignoretpm:{!SkipWhenTPMInvalid}><EncryptFullDisk: /full:{!EncryptFullDisk}>',
  ),
};
