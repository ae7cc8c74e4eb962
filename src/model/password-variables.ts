/**
 * Variables whose values are passwords by their nature (configmgr-formats 6.4, and MDT's names). A value given to one of
 * them is a secret even where nobody says so.
 */
import { variableKey } from './variable.ts';

const names = [
  'OSDBitLockerPIN',
  'OSDBitLockerRecoveryPassword',
  'OSDBitLockerStartupKey',
  'OSDCaptureAccountPassword',
  'OSDJoinPassword',
  'OSDLocalAdminPassword',
  'OSDMigrateLocalAccountPassword',
  'SMSConnectNetworkFolderPassword',
  'SMSTSRunCommandLineUserPassword',
  'SMSTSRunPowerShellUserPassword',
  // MDT's names for the same things (CustomSettings.ini)
  'ADDSPassword',
  'AdminPassword',
  'BDEPin',
  'BDERecoveryPassword',
  'DomainAdminPassword',
  'DomainPassword',
  'SafeModeAdminPassword',
  'UserPassword',
] as const;

const keys = new Set(names.map(variableKey));

/** Whether a variable of this name always holds a password. */
export function isPasswordVariable(name: string): boolean {
  return keys.has(variableKey(name.trim()));
}
