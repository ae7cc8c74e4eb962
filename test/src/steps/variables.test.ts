/**
 * The variables of every type, typed from the table of configmgr-formats 4.6: `*` hidden, `=Property` where the
 * property is not the end of the variable's name, items of lists with the index 0.
 */
import { describe, expect, test } from 'vitest';
import { stepTypeOfXml, stepTypes, type StepDefinition } from '../../../src/steps/index.ts';

const table = `
RunCommandLineAction: CommandLine* PackageID* SMSTSDisableWow64Redirection SMSTSRunCommandLineOutputVariableName
    SMSTSRunCommandLineUserName SMSTSRunCommandLineUserPassword SuccessCodes* WorkingDirectory
    _SMSTSRunCommandLineAsUser=RunAsUser
RunPowerShellScriptAction: OSDRunPowerShellScriptExecutionPolicy OSDRunPowerShellScriptOutputVariableName
    OSDRunPowerShellScriptPackageID OSDRunPowerShellScriptParameters OSDRunPowerShellScriptScriptName
    OSDRunPowerShellScriptSourceScript OSDRunPowerShellScriptSuccessCodes* SMSTSRunPowerShellUserName
    SMSTSRunPowerShellUserPassword SMSTSRunPowerShellWorkingDirectory _SMSTSRunPowerShellAsUser=RunAsUser
SetDynamicVariablesAction: OSDSetDynamicVariablesRules
SetVariableAction: DoNotShowVariableValue* SetVariableActionHiddenVariableValue*=HiddenVariableValue VariableName* VariableValue*
JoinDomainWorkgroupAction: OSDJoinAccount=DomainUsername OSDJoinDomainName OSDJoinDomainOUName OSDJoinSkipReboot
    OSDJoinType OSDJoinWorkgroupName OSDJoinPassword=DomainPassword
ConnectNetworkFolderAction: SMSConnectNetworkFolderAccount=Username SMSConnectNetworkFolderDriveLetter
    SMSConnectNetworkFolderPassword SMSConnectNetworkFolderPath
RebootAction: SMSRebootMessage SMSRebootTarget* SMSRebootTimeout=MessageTimeout
PrestartCheckAction: OSDCMClientMinVersion OSDCheckCMClientMinVersion OSDCheckDeviceUEFI OSDCheckFreeDiskSpace
    OSDCheckMaxOsVersion=CheckMaxOSVersion OSDCheckMemory OSDCheckMinOSVersion OSDCheckNetworkConnected
    OSDCheckNetworkWired OSDCheckOSArchitecture OSDCheckOSLanguageID OSDCheckOSType OSDCheckPowerState
    OSDCheckProcessorSpeed OSDFreeDiskSpace OSDMaxOSVersion OSDMemory OSDMinOSVersion OSDOSArchitecture
    OSDOSLanguageID OSDOSType OSDProcessorSpeed
SubTasksequence: OSDSubTasksequenceTsName=TsName OSDSubTasksequencePackageID=TsPackageID
    OSDSubTasksequenceTsReferenceApplications=TsReferenceApplications
InstallApplicationAction: ApplicationName* BaseVariableName* ContinueOnInstallError* OSDAppClearCache RetryCount*
InstallSoftwareAction: BaseVariableName* ContinueOnInstallError* PackageID* _SMSSWDProgramName=ProgramName
InstallUpdateAction: RetryCount* SMSInstallUpdateTarget SMSTSSoftwareUpdateScanUseCache
DownloadPackageContentAction: OSDDownloadContinueDownloadOnError OSDDownloadDestinationLocationType
    OSDDownloadDestinationPath=DestinationCustomPath OSDDownloadDestinationVariable OSDDownloadDownloadPackages
    OSDPackage*=PackageInfo OSDPackage0Name=PackageInfo0Name OSDPackage0PackageId=PackageInfo0PackageId
    OSDPackage0PkgType=PackageInfo0PkgType OSDPackage0Size=PackageInfo0Size OSDPackageCount=NumPackages
PartitionDiskAction: OSDDiskIndex OSDDiskType OSDDiskpartBiosCompatibilityMode OSDGPTBootDisk OSDPartitionStyle
    OSDPartitions* OSDPartitions0AssignVolumeLetter OSDPartitions0Bootable OSDPartitions0FileSystem
    OSDPartitions0QuickFormat OSDPartitions0Size OSDPartitions0SizeUnits OSDPartitions0Type
    OSDPartitions0VolumeLetterVariable OSDPartitions0VolumeName
ConvertDiskAction: OSDConvertDiskIndex
EnableBitLockerAction: OSDBitLockerCreateRecoveryPassword* OSDBitLockerEncryptFullDisk* OSDBitLockerEncryptMethod*
    OSDBitLockerMode* OSDBitLockerSkipWhenNoValidTPM* OSDBitLockerWaitForEncryption* OSDBitLockerTargetDrive*
    OSDBitLockerStartupKeyDrive* OSDBitLockerPIN
DisableBitLockerAction: OSDBitLockerRebootCount OSDBitLockerTargetDrive*
OfflineEnableBitLockerAction: OSDBitLockerEncryptFullDisk* OSDBitLockerSkipWhenTPMInvalid*
    OSDBitLockerDestinationDisk* OSDBitLockerDestinationPartition* OSDBitLockerDestinationLogicalDrive*
    OSDBitLockerDestinationVariable*
RequestStateStoreAction: OSDStateFallbackToNAA OSDStateRequestType* OSDStateSMPRetryCount* OSDStateSMPRetryTime*
CaptureUserStateAction: OSDMigrateContinueOnLockedFiles OSDMigrateEnableVerboseLogging OSDMigrateFileAccess
    OSDMigrateMode OSDMigrateSkipEncryptedFiles _OSDMigrateOfflineUserState _OSDMigrateUseHardlinks
    _OSDMigrateUsmtPackageID OSDMigrateConfigFiles
RestoreUserStateAction: OSDMigrateContinueOnRestore OSDMigrateEnableVerboseLogging OSDMigrateLocalAccounts
    OSDMigrateMode _OSDMigrateUsmtRestorePackageID OSDMigrateConfigFiles OSDMigrateLocalAccountPassword
ReleaseStateStoreAction:
ApplyOperatingSystemAction: ImagePackageID* OSDImageIndex RunFromNet* ConfigFilePackage*
    OSDConfigFileName=ConfigFileName OSDInstallEditionIndex InstallPackageID* DestinationDisk* DestinationPartition*
    DestinationLogicalDrive* DestinationVariable*
ApplyDataImageAction: ImagePackageID* OSDDataImageIndex OSDWipeDestinationPartition DestinationDisk*
    DestinationPartition* DestinationLogicalDrive* DestinationVariable*
SetupWindowsAndSMSAction: SMSClientInstallProperties _SMSClientPackageID _SMSClientPreProductionPackageID
UpgradeOperatingSystemAction: OSDFeatureUpdateAssignmentID=FeatureUpdateAssignmentId OSDUpgradeDynamicUpdateSettings
    OSDUpgradeFeatureUpdateName OSDUpgradeIgnoreMessages OSDUpgradeInstallEditionIndex OSDUpgradeInstallPackageID
    OSDUpgradeInstallPath OSDUpgradeOsProductKey OSDUpgradePreserveSettings OSDUpgradeScanOnly
    OSDUpgradeStagedContent OSDUpgradeDriverPackageID OSDUpgradeSetupTimeout
InstallDeployToolsAction: SysprepPackageID*
PrepareSMSClientAction:
PrepareOSAction: OSDBuildStorageDriverList OSDKeepActivation OSDShutdownPreparedOs
CaptureSystemImageAction: OSDCaptureAccount=CaptureUsername OSDCaptureDestination OSDImageCreator
    OSDImageDescription OSDImageVersion OSDCaptureAccountPassword=CapturePassword
AutoApplyAction: OSDAllowUnsignedDriver OSDAutoApplyDriverBestMatch OSDAutoApplyDriverCategoryList
ApplyDriverPackageAction: OSDAllowUnsignedDriver OSDApplyDriverDriverPackageID* OSDRecurse
    OSDApplyDriverBootCriticalContentUniqueID OSDApplyDriverBootCriticalINFFile
    OSDApplyDriverBootCriticalHardwareComponent OSDApplyDriverBootCriticalID
CaptureNetworkSettingsAction: OSDMigrateAdapterSettings OSDMigrateNetworkMembership
CaptureWindowsSettingsAction: OSDMigrateComputerName OSDMigrateRegistrationInfo OSDMigrateTimeZone
ApplyNetworkSettingsAction: OSDAdapterCount*=NumAdapters OSDDomainName OSDDomainOUName OSDEnableTCPIPFiltering*
    OSDJoinAccount=DomainUsername OSDJoinPassword=DomainPassword OSDNetworkJoinType OSDWorkgroupName OSDDNSDomain*
    OSDDNSSuffixSearchOrder*
ApplyWindowsSettingsAction: OSDComputerName OSDLocalAdminPassword OSDProductKey OSDRandomAdminPassword
    OSDRegisteredOrgName OSDRegisteredUserName OSDServerLicenseConnectionLimit OSDTimeZone
    OSDWindowsSettingsInputLocale OSDWindowsSettingsSystemLocale OSDWindowsSettingsUILanguage
    OSDWindowsSettingsUILanguageFallback OSDWindowsSettingsUserLocale OSDServerLicenseMode
BDD_UsePackage: BDDPackageID*
BDD_Gather: GatherLocalOnly PackageID* RulesFile
BDD_Validate: ImageMemory ImageProcessorSpeed ImageSize VerifyOS
BDD_InstallOS: DestinationDisk DestinationOSDriveLetter DestinationOSInstallType DestinationOSRefresh
    DestinationOSVariable DestinationPartition OSGUID
BDD_InjectDrivers: DriverInjectionMode DriverSelectionProfile
BDD_InstallApplication: ApplicationGUID ApplicationSuccessCodes
BDD_InstallLanguagePacksOffline: PackageID*
BDD_InstallLanguagePacksOnline: PackageID*
BDD_InstallUpdatesOffline: PackageID*
BDD_RunPowerShellAction: Parameters ScriptName
BDD_ExecuteRunbook: OrchestratorServer RunbookID RunbookName RunbookParameterMode RunbookParameters*
    WaitUntilComplete
BDD_InstallRoles: OSFeatures OSRoleIndex OSRoleServices OSRoles
BDD_UninstallRoles: CompletelyRemove OSRoleIndex UninstallOSFeatures UninstallOSRoleServices UninstallOSRoles
BDD_ConfigureADDS: ADDSLogPath ADDSPassword AutoConfigDNS ChildName ConfirmGC CriticalReplicationOnly DatabasePath
    DomainLevel DomainNetBiosName ForestLevel NewDomain NewDomainDNSName ParentDomainDNSName ReplicaDomainDNSName
    ReplicaOrNewDomain ReplicationSourceDC SafeModeAdminPassword SiteName SysVolPath
BDD_ConfigureDNS: DNSServerOptionBINDSecondaries DNSServerOptionDisableRecursion
    DNSServerOptionEnableNetmaskOrdering DNSServerOptionEnableRoundRobin DNSServerOptionEnableSecureCache
    DNSServerOptionFailOnLoad DNSServerOptionNameCheckFlag
BDD_ConfigureDHCP: DHCPServerOptionDNSDomainName DHCPServerOptionDNSServer DHCPServerOptionNBTNodeType
    DHCPServerOptionPXEClient DHCPServerOptionRouter DHCPServerOptionWINSServer
`;

/** Variables that the table does not have: of the SDK's classes, of MDT's files, or told in its notes. */
const beyond: Readonly<Record<string, readonly string[]>> = {
  RunCommandLineAction: ['LoadProfile'],
  PrestartCheckAction: ['OSDCheckTPMEnabled', 'OSDCheckTPMActivated'],
  SubTasksequence: ['OSDSubTasksequenceTsReferencePackages'],
  InstallApplicationAction: ['OSDApp', 'OSDApp0Description', 'OSDApp0DisplayName', 'OSDApp0Name', 'OSDAppCount'],
  PartitionDiskAction: ['OSDDiskPartitions1Type', 'DONotCreateExtraPartition'],
  ApplyOperatingSystemAction: ['OSDLayeredDriver'],
  ApplyDriverPackageAction: ['OSDApplyDriverBootCriticalDriverID'],
  // The fields of an adapter as 4.5 lists them.
  ApplyNetworkSettingsAction: [
    'OSDAdapter',
    ...(
      'Name MacAddress MACAddress Index EnableDHCP IPAddressList SubnetMask Gateways GatewayCostMetric' +
      ' DNSServerList DNSDomain EnableDNSRegistration EnableFullDNSRegistration EnableWINS WINSServerList EnableLMHOSTS TcpipNetbiosOptions' +
      ' EnableTCPFiltering TCPFilterPortList EnableUDPFiltering UDPFilterPortList EnableIPProtocolFiltering IPProtocolFilterList'
    )
      .split(' ')
      .map((field) => `OSDAdapter0${field}`),
  ],
  BDD_InstallLanguagePacksOffline: ['PackageSelectionProfile'],
  BDD_InstallUpdatesOffline: ['PackageSelectionProfile'],
  BDD_RunPowerShellAction: ['PackageID'],
};

interface Row {
  readonly variable: string;
  readonly hidden: boolean;
  readonly property: string | undefined;
}

const rows = new Map(
  table
    .trim()
    .replaceAll(/\n +/g, ' ')
    .split('\n')
    .map((line): [string, Row[]] => {
      const [type = '', ...cells] = line.split(/:? +/);
      return [
        type.replace(/:$/, ''),
        cells.map((cell) => {
          const [name = '', property] = cell.split('=');
          return { variable: name.replace('*', ''), hidden: name.endsWith('*'), property };
        }),
      ];
    }),
);

/** The variables that a definition has, with those of one item of its lists. */
function variablesOf(definition: StepDefinition): { variable: string; property: string; hidden: boolean }[] {
  return Object.entries(definition.properties).flatMap(([property, { variable, hidden, value }]) => {
    if (value.kind !== 'list') return variable === undefined ? [] : [{ variable, property, hidden: hidden === true }];
    const { count, item, prefix, propertyPrefix } = value;
    const items = Object.entries(item).map(([name, spec]) => ({
      variable: `${prefix}0${spec.variable ?? name}`,
      property: `${propertyPrefix}0${name}`,
      hidden: spec.hidden === true,
    }));
    return [{ variable: count.variable, property: count.property, hidden: count.hidden === true }, ...items];
  });
}

describe('variables', () => {
  test('the table has the 52 types of the facts', () => {
    expect(rows.size).toBe(52);
  });

  test.each([...rows])('%s', (type, wanted) => {
    const definition = stepTypeOfXml(type.startsWith('BDD_') ? type : `SMS_TaskSequence_${type}`)?.definition;
    const found = definition === undefined ? [] : variablesOf(definition);
    for (const { variable, hidden, property } of wanted) {
      const own = found.find((other) => other.variable === variable);
      expect(own, variable).toMatchObject({ hidden, ...(property === undefined ? {} : { property }) });
      if (property === undefined)
        expect(variable.toLowerCase().endsWith(own?.property.toLowerCase() ?? '?'), variable).toBe(true);
    }
    const known = new Set(wanted.map(({ variable }) => variable));
    const more = found.map(({ variable }) => variable).filter((variable) => !known.has(variable));
    expect(more).toEqual(beyond[type] ?? []);
  });

  test('no type is missing in the table but the one without a type', () => {
    const types = stepTypes.map(({ definition }) => definition.type?.replace('SMS_TaskSequence_', ''));
    expect(types.filter((type) => type === undefined || !rows.has(type))).toEqual([undefined]);
  });
});
