/** How Restore User State stands in XML. */
import type { ConfigMgrMapping } from '../types.ts';

export const configmgr: ConfigMgrMapping = {
  action: () => 'osdmigrateuserstate.exe /apply /continueOnError:%OSDMigrateContinueOnRestore%',
};
