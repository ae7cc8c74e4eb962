/** Every step type, in the order of configmgr-formats 4.6. */
import { runCommandLine } from './run-command-line/index.ts';
import { runPowershellScript } from './run-powershell-script/index.ts';
import { setDynamicVariables } from './set-dynamic-variables/index.ts';
import { setTaskSequenceVariable } from './set-task-sequence-variable/index.ts';
import { joinDomainOrWorkgroup } from './join-domain-or-workgroup/index.ts';
import { connectToNetworkFolder } from './connect-to-network-folder/index.ts';
import { restartComputer } from './restart-computer/index.ts';
import { checkReadiness } from './check-readiness/index.ts';
import { runTaskSequence } from './run-task-sequence/index.ts';
import { installApplication } from './install-application/index.ts';
import { installPackage } from './install-package/index.ts';
import { installSoftwareUpdates } from './install-software-updates/index.ts';
import { downloadPackageContent } from './download-package-content/index.ts';
import { formatAndPartitionDisk } from './format-and-partition-disk/index.ts';
import { convertDiskToDynamic } from './convert-disk-to-dynamic/index.ts';
import { enableBitlocker } from './enable-bitlocker/index.ts';
import { disableBitlocker } from './disable-bitlocker/index.ts';
import { preProvisionBitlocker } from './pre-provision-bitlocker/index.ts';
import { requestStateStore } from './request-state-store/index.ts';
import { captureUserState } from './capture-user-state/index.ts';
import { restoreUserState } from './restore-user-state/index.ts';
import { releaseStateStore } from './release-state-store/index.ts';
import { applyOperatingSystemImage } from './apply-operating-system-image/index.ts';
import { applyDataImage } from './apply-data-image/index.ts';
import { setupWindowsAndConfigmgr } from './setup-windows-and-configmgr/index.ts';
import { upgradeOperatingSystem } from './upgrade-operating-system/index.ts';
import { installDeploymentTools } from './install-deployment-tools/index.ts';
import { prepareConfigmgrClientForCapture } from './prepare-configmgr-client-for-capture/index.ts';
import { prepareWindowsForCapture } from './prepare-windows-for-capture/index.ts';
import { captureOperatingSystemImage } from './capture-operating-system-image/index.ts';
import { autoApplyDrivers } from './auto-apply-drivers/index.ts';
import { applyDriverPackage } from './apply-driver-package/index.ts';
import { captureNetworkSettings } from './capture-network-settings/index.ts';
import { captureWindowsSettings } from './capture-windows-settings/index.ts';
import { applyNetworkSettings } from './apply-network-settings/index.ts';
import { applyWindowsSettings } from './apply-windows-settings/index.ts';
import { useToolkitPackage } from './use-toolkit-package/index.ts';
import { gather } from './gather/index.ts';
import { validate } from './validate/index.ts';
import { installOperatingSystem } from './install-operating-system/index.ts';
import { injectDrivers } from './inject-drivers/index.ts';
import { installMdtApplication } from './install-mdt-application/index.ts';
import { installLanguagePacksOffline } from './install-language-packs-offline/index.ts';
import { installLanguagePacksOnline } from './install-language-packs-online/index.ts';
import { installUpdatesOffline } from './install-updates-offline/index.ts';
import { runMdtPowershellScript } from './run-mdt-powershell-script/index.ts';
import { executeRunbook } from './execute-runbook/index.ts';
import { installRolesAndFeatures } from './install-roles-and-features/index.ts';
import { uninstallRolesAndFeatures } from './uninstall-roles-and-features/index.ts';
import { configureAdDs } from './configure-ad-ds/index.ts';
import { configureDns } from './configure-dns/index.ts';
import { configureDhcp } from './configure-dhcp/index.ts';
import { runMdtCommandLine } from './run-mdt-command-line/index.ts';
import type { StepType } from './types.ts';

export const allStepTypes: readonly StepType[] = [
  runCommandLine,
  runPowershellScript,
  setDynamicVariables,
  setTaskSequenceVariable,
  joinDomainOrWorkgroup,
  connectToNetworkFolder,
  restartComputer,
  checkReadiness,
  runTaskSequence,
  installApplication,
  installPackage,
  installSoftwareUpdates,
  downloadPackageContent,
  formatAndPartitionDisk,
  convertDiskToDynamic,
  enableBitlocker,
  disableBitlocker,
  preProvisionBitlocker,
  requestStateStore,
  captureUserState,
  restoreUserState,
  releaseStateStore,
  applyOperatingSystemImage,
  applyDataImage,
  setupWindowsAndConfigmgr,
  upgradeOperatingSystem,
  installDeploymentTools,
  prepareConfigmgrClientForCapture,
  prepareWindowsForCapture,
  captureOperatingSystemImage,
  autoApplyDrivers,
  applyDriverPackage,
  captureNetworkSettings,
  captureWindowsSettings,
  applyNetworkSettings,
  applyWindowsSettings,
  useToolkitPackage,
  gather,
  validate,
  installOperatingSystem,
  injectDrivers,
  installMdtApplication,
  installLanguagePacksOffline,
  installLanguagePacksOnline,
  installUpdatesOffline,
  runMdtPowershellScript,
  executeRunbook,
  installRolesAndFeatures,
  uninstallRolesAndFeatures,
  configureAdDs,
  configureDns,
  configureDhcp,
  runMdtCommandLine,
];
