/** How Enable BitLocker stands in XML. */
import { commandLine } from '../command-line.ts';
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: commandLine(
    'OSDBitLocker.exe /enable <TargetDrive: /drive:{TargetDrive}><WaitForEncryption: /wait:{!WaitForEncryption}><Mode: /mode:{Mode}><StartupKeyDrive: /keydrive:{StartupKeyDrive}><CreateRecoveryPassword: /pwd:{CreateRecoveryPassword}><EncryptFullDisk: /full:{!EncryptFullDisk}><EncryptMethod: /crypt:{EncryptMethod}><SkipWhenNoValidTPM: /ignoretpm:{!SkipWhenNoValidTPM}>',
  ),
};
